// A JSON document with one thing about it changed: removed, doubled, or replaced by something that nobody expects there.
import fc from 'fast-check';
import { anyText } from './arbitrary-text.ts';

type Path = readonly (string | number)[];

const unexpected = fc.oneof(
  fc.constantFrom<unknown>(
    ...[null, true, false, 0, -0, -1, 0.5, 1e15, 1e21, 1e308, 2 ** 53, -1e-300],
    ...['', '0', '-1', 'NaN', 'Infinity', '0x10', '1e400', '1e-999999999', '9'.repeat(5_000), '١٢'],
    ...['2026-11-20', '2026-02-30T00:00:00Z', '9999999-01-01', '__proto__', 'constructor'],
    ...[[], {}, [[]], [null], { value: null }, Array(1_000).fill(0), { toString: 1, valueOf: 1 }],
    JSON.parse('{"__proto__": {"version": 1}}'),
  ),
  anyText(3),
  fc.jsonValue({ maxDepth: 2 }),
);

/** Every place in `document`, itself among them. */
function pathsOf(document: unknown): Path[] {
  const inside =
    typeof document === 'object' && document !== null
      ? Object.entries(document).flatMap(([key, value]) =>
          pathsOf(value).map((path) => [Array.isArray(document) ? Number(key) : key, ...path]),
        )
      : [];
  return [[], ...inside];
}

export function changedJson<T>(document: T): fc.Arbitrary<unknown> {
  const change = fc.oneof(
    { weight: 4, arbitrary: unexpected.map((value) => () => value) },
    { weight: 1, arbitrary: fc.constant((value: unknown) => [value, value]) },
    { weight: 1, arbitrary: fc.constant(() => undefined) },
  );
  return fc
    .tuple(fc.constantFrom(...pathsOf(document)), change)
    .map(([path, apply]) => changedAt(document, path, apply));
}

/** What becomes `undefined` is absent. */
function changedAt(document: unknown, path: Path, apply: (value: unknown) => unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return apply(document);
  if (Array.isArray(document)) {
    return document
      .map((value, index) => (index === key ? changedAt(value, rest, apply) : value))
      .filter((value) => value !== undefined);
  }
  const entries = Object.entries(document as object).map(([name, value]) =>
    name === key ? [name, changedAt(value, rest, apply)] : [name, value],
  );
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}
