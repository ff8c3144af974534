// Reads a place of a list that is known to be there. If it is not, that is a defect, and never a silent zero.

export function elementAt<T>(list: ArrayLike<T>, index: number): T {
  const element = list[index];
  if (element === undefined) throw new TypeError(`a list of ${list.length} has no place ${index}`);
  return element;
}
