// The rows of the table that are about pulling: time and memory of a month's read and sum, for each size.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { forkServer } from '../fork-server.ts';
import type { Figure, Goal } from '../goal.ts';
import { median } from '../median.ts';
import { bundleVariants, type Measured, type Run, runVariant } from './run-variant.ts';
import { DAYS } from './sizes.ts';

/** By name, in the order in which they take turns. Floor and SDK have the page size that is best for them. */
const RUNS = {
  'floor, medium': { variant: 'floor', size: 'medium', more: [String(DAYS)] },
  'openai SDK, medium': { variant: 'openai-sdk', size: 'medium', more: [String(DAYS)] },
  'ours, medium': { variant: 'ours', size: 'medium' },
  'floor, large': { variant: 'floor', size: 'large', more: ['1'] },
  'openai SDK, large': { variant: 'openai-sdk', size: 'large', more: ['1'] },
  'ours, large': { variant: 'ours', size: 'large' },
} as const satisfies Record<string, Run>;

type RunName = keyof typeof RUNS;

/** Nothing is asked for again with fewer days, so that the page really is read; the flags of a Lambda of 256 MB. */
const ONE_PAGE: Run = {
  variant: 'ours',
  size: 'huge',
  onePage: true,
  more: [String(1024 ** 3)],
  nodeFlags: ['--max-old-space-size=230', '--max-semi-space-size=12'],
};

export async function measurePull(rounds: number): Promise<{ goals: Goal[]; figures: Figure[] }> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-pull-'));
  try {
    bundleVariants(folder);
    using server = await forkServer(join(import.meta.dirname, 'serve-organizations.ts'), Number);
    const port = server.said;
    const measured = new Map<RunName, Measured[]>();
    for (let round = 0; round < rounds; round += 1) {
      for (const [name, run] of Object.entries(RUNS) as [RunName, Run][]) {
        measured.set(name, [...(measured.get(name) ?? []), await runVariant(folder, port, run)]);
      }
    }
    const onePage = await runVariant(folder, port, ONE_PAGE).catch((error: Error) => error);
    return { goals: goalsOf(measured, onePage), figures: figuresOf(measured) };
  } finally {
    await rm(folder, { recursive: true });
  }
}

function goalsOf(measured: ReadonlyMap<RunName, readonly Measured[]>, onePage: Measured | Error): Goal[] {
  /** Of the wall time, round by round, so that what else the machine did at the time is in both. */
  const ratio = (of: RunName, to: RunName) => {
    const others = measured.get(to) ?? [];
    return median((measured.get(of) ?? []).map(({ wallMs }, round) => wallMs / (others[round]?.wallMs ?? 0)));
  };
  const peak = (of: RunName) => median((measured.get(of) ?? []).map(({ peakMb }) => peakMb));
  return [
    {
      what: 'pull + sum, medium, against the floor',
      atMost: 1.15,
      is: ratio('ours, medium', 'floor, medium'),
    },
    {
      what: 'pull + sum, large, against the floor a day a page',
      atMost: 1,
      is: ratio('ours, large', 'floor, large'),
    },
    { what: 'against the openai SDK, medium', atMost: 0.75, is: ratio('ours, medium', 'openai SDK, medium') },
    { what: 'against the openai SDK, large', atMost: 0.7, is: ratio('ours, large', 'openai SDK, large') },
    { what: 'peak memory of the pull, medium', atMost: 100, unit: 'MB', is: peak('ours, medium') },
    { what: 'peak memory of the pull, large', atMost: 110, unit: 'MB', is: peak('ours, large') },
    {
      what: 'one page of 548 MB under the heap flags of a Lambda of 256 MB: peak memory',
      atMost: 256,
      unit: 'MB',
      is: onePage instanceof Error ? `fails: ${onePage.message}` : onePage.peakMb,
    },
  ];
}

function figuresOf(measured: ReadonlyMap<RunName, readonly Measured[]>): Figure[] {
  return [...measured].map(([what, runs]) => ({
    what,
    wallMs: median(runs.map(({ wallMs }) => wallMs)),
    cpuMs: median(runs.map(({ cpuMs }) => cpuMs)),
    peakMb: median(runs.map(({ peakMb }) => peakMb)),
  }));
}
