// Items to and from DynamoDB's own notation, in which every value is wrapped in its type.
import type { AttributeValue as WireValue } from '@aws-sdk/client-dynamodb';
import type { AttributeValue, Item } from './item-table.ts';

export type WireItem = Record<string, WireValue>;

export function wireItemOf(item: Item): WireItem {
  return Object.fromEntries(Object.entries(item).map(([name, value]) => [name, wireValueOf(value)]));
}

/** `null`: without a key of strings it is no item of ours. Attributes of kinds that we do not write are left out. */
export function itemOfWire(wire: WireItem): Item | null {
  const attributes: Record<string, AttributeValue> = {};
  for (const [name, wireValue] of Object.entries(wire)) {
    const value = valueOfWire(wireValue);
    if (value !== null) attributes[name] = value;
  }
  const { pk, sk } = attributes;
  return typeof pk === 'string' && typeof sk === 'string' ? { ...attributes, pk, sk } : null;
}

function wireValueOf(value: AttributeValue): WireValue {
  if (typeof value === 'string') return { S: value };
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new RangeError(`DynamoDB cannot hold the number ${value}`);
    return { N: String(value) };
  }
  if (value instanceof Uint8Array) return { B: value };
  return { L: value.map((text) => ({ S: text })) };
}

function valueOfWire({ S, N, B, L }: WireValue): AttributeValue | null {
  if (S !== undefined) return S;
  if (N !== undefined) return Number(N);
  if (B !== undefined) return B;
  if (L === undefined) return null;
  const texts = L.flatMap((element) => (element.S === undefined ? [] : [element.S]));
  return texts.length === L.length ? texts : null;
}
