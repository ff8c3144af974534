// What a variant says when it is done: its sums, and the most memory that its process ever had.
import { readFileSync } from 'node:fs';
import type { Sums } from './sizes.ts';

export interface VariantReport extends Sums {
  readonly peakBytes: number;
  /** User and system time: steadier than the clock on a machine that has other work too. */
  readonly cpuMs: number;
}

export function report(sums: Sums): void {
  const { user, system } = process.cpuUsage();
  process.stdout.write(JSON.stringify({ ...sums, peakBytes: peakBytes(), cpuMs: (user + system) / 1_000 }));
}

/** Linux's own count, of this process alone; `maxRSS` may hold that of the process which started it. */
function peakBytes(): number {
  try {
    const [, kilobytes] = /VmHWM:\s+(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
    if (kilobytes !== undefined) return Number(kilobytes) * 1_024;
  } catch {
    // Another system.
  }
  return process.resourceUsage().maxRSS * 1_024;
}
