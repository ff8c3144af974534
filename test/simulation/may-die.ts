// What every port of a program has in common: each operation counts, none is answered to the dead, and any may be the last.
import type { Faults } from './faults.ts';
import { never, type Program, type VirtualTime } from './virtual-time.ts';

/**
 * @param effect takes place although the program dies of it; `null`: it would leave nothing behind
 * @param operation what happens if the program lives
 */
export async function mayDie<T>(
  program: Program,
  { time, faults }: { readonly time: VirtualTime; readonly faults: Faults },
  effect: (() => unknown) | null,
  operation: () => Promise<T>,
): Promise<T> {
  program.operations += 1;
  if (program.state !== 'running') return never();
  if (faults.strikes('dies before an operation', time.now(), program)) {
    time.kill(program);
    return never();
  }
  if (effect !== null && faults.strikes('dies after an operation', time.now(), program)) {
    effect();
    time.kill(program);
    return never();
  }
  return operation();
}
