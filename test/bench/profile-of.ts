// Where a program spends its time: V8's samples of the part that is measured, added up by function.
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { runProgramUnder } from './run-program.ts';

/** As V8 writes it. */
interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly url: string };
  }[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
  readonly startTime: number;
}

export interface Share {
  /** `amountOfPlainNumber, parse-amount.ts`; what the engine does itself is in parentheses. */
  readonly where: string;
  /** Of the time of the measured part, or of the whole program. */
  readonly share: number;
}

const SAMPLE_EVERY_US = 200;

/** Of one of the benchmarks' programs; the largest first. */
export function profileOf(name: string, ...args: readonly string[]): Promise<Share[]> {
  return profileUnder((flags) => runProgramUnder(flags, name, ...args));
}

/** Of what `run` starts under these flags of Node's own. What it gives back says which part is measured, if not all. */
export async function profileUnder(
  run: (nodeFlags: readonly string[]) => Promise<{ readonly fromUs?: number; readonly untilUs?: number }>,
): Promise<Share[]> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-profile-'));
  try {
    const flags = ['--cpu-prof', `--cpu-prof-dir=${folder}`, `--cpu-prof-interval=${SAMPLE_EVERY_US}`];
    const printed = await run(flags);
    const [file = ''] = await readdir(folder);
    const profile: CpuProfile = JSON.parse(await readFile(join(folder, file), 'utf8'));
    return sharesOf(profile, printed.fromUs ?? 0, printed.untilUs ?? Number.POSITIVE_INFINITY);
  } finally {
    await rm(folder, { recursive: true });
  }
}

function sharesOf(
  { nodes, samples, timeDeltas, startTime }: CpuProfile,
  fromUs: number,
  untilUs: number,
): Share[] {
  const whereOf = new Map(
    nodes.map(({ id, callFrame: { functionName, url } }) => {
      const name = functionName === '' ? '(nameless)' : functionName;
      return [id, url === '' ? name : `${name}, ${basename(url)}`];
    }),
  );
  const spent = new Map<string, number>();
  let [at, all] = [startTime, 0];
  for (const [index, delta] of timeDeltas.entries()) {
    at += delta;
    if (at < fromUs || at > untilUs) continue;
    const where = whereOf.get(samples[index] ?? 0) ?? '(unknown)';
    if (where === '(idle)') continue;
    spent.set(where, (spent.get(where) ?? 0) + delta);
    all += delta;
  }
  return [...spent].map(([where, us]) => ({ where, share: us / all })).sort((a, b) => b.share - a.share);
}
