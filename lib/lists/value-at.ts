// Reads a key of a map that is known to be there. If it is not, that is a defect, and never a silent nothing.

export function valueAt<K, V>(map: ReadonlyMap<K, V>, key: K): V {
  const value = map.get(key);
  if (value === undefined) throw new TypeError(`a map of ${map.size} has no key ${String(key)}`);
  return value;
}
