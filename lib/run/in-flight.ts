// Works through many requests with only so many of them under way at a time.

/**
 * The results, in the order of `items`. After the first failure nothing new is begun; it is thrown when what is under
 * way has ended.
 */
export async function mapInFlight<Item, Result>(
  atMost: number,
  items: Iterable<Item>,
  task: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const all = [...items];
  const waiting = all.entries();
  const results: (readonly [position: number, result: Result])[] = [];
  const failures: unknown[] = [];
  async function work(): Promise<void> {
    for (const [position, item] of waiting) {
      try {
        results.push([position, await task(item)]);
      } catch (error) {
        failures.push(error);
      }
      if (failures.length > 0) return;
    }
  }
  await Promise.all(Array.from({ length: Math.min(atMost, all.length) }, work));
  if (failures.length > 0) throw failures[0];
  return results.sort(([a], [b]) => a - b).map(([, result]) => result);
}
