// Shows a parsed JSON value to the budget parser as a document without lines.
import type { SourceNode } from './source-node.ts';

/** Stored budgets nest four deep; more is none of ours. */
const MAX_DEPTH = 16;

/**
 * `null` for what our own documents never hold: a number - JSON.parse has already made a float of it - or deeper nesting
 * than any budget has.
 */
export function jsonSourceNode(value: unknown, depth = 0): SourceNode | null {
  if (depth > MAX_DEPTH) return null;
  if (value === null) return { type: 'scalar', valueType: 'null', text: 'null', line: null };
  if (typeof value === 'string') return { type: 'scalar', valueType: 'string', text: value, line: null };
  if (typeof value === 'boolean') {
    return { type: 'scalar', valueType: 'boolean', text: String(value), line: null };
  }
  if (typeof value !== 'object') return null;
  if (Array.isArray(value)) {
    const items = value.map((item: unknown) => jsonSourceNode(item, depth + 1));
    return items.every((item) => item !== null) ? { type: 'list', items, line: null } : null;
  }
  const entries: { key: string; keyLine: null; value: SourceNode }[] = [];
  for (const [key, member] of Object.entries(value)) {
    const node = jsonSourceNode(member, depth + 1);
    if (node === null) return null;
    entries.push({ key, keyLine: null, value: node });
  }
  return { type: 'map', entries, line: null };
}
