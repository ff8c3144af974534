// The one order of sorted lists: by size, texts by their UTF-16 units, which is the same on every machine.

/** For `sort`; 0 for what is equal. */
export function ascending<T extends string | number | bigint>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
