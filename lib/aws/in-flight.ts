// Works through many requests with only so many of them under way at a time.

/** After the first failure nothing new is begun; it is thrown when what is under way has ended. */
export async function forEachInFlight<T>(
  atMost: number,
  items: Iterable<T>,
  task: (item: T) => Promise<unknown>,
): Promise<void> {
  const waiting = [...items];
  const failures: unknown[] = [];
  async function work(): Promise<void> {
    while (failures.length === 0) {
      const [item] = waiting.splice(0, 1);
      if (item === undefined) return;
      try {
        await task(item);
      } catch (error) {
        failures.push(error);
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(atMost, waiting.length) }, work));
  if (failures.length > 0) throw failures[0];
}
