// Runs a variant of the pull as a process of its own, bundled as functions are, and measures it from outside.
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { BUNDLING } from '../../../infra/bundle-function.ts';
import { timedProcess } from '../timed-process.ts';
import { expectedSums, SIZES, type SizeName } from './sizes.ts';

export type Variant = 'floor' | 'openai-sdk' | 'ours';

export interface Run {
  readonly variant: Variant;
  readonly size: SizeName;
  /** Of the variant's program, behind the base URL. */
  readonly more?: readonly string[];
  /** The server answers with a single page, whatever it is asked. */
  readonly onePage?: boolean;
  readonly nodeFlags?: readonly string[];
}

export interface Measured {
  /** From the start of the process to its end. */
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly peakMb: number;
}

export function bundleVariants(folder: string): void {
  buildSync({
    ...BUNDLING,
    entryPoints: ['floor', 'openai-sdk', 'ours'].map((name) => join(import.meta.dirname, `${name}.ts`)),
    outdir: folder,
    outExtension: { '.js': '.mjs' },
  });
}

/** @throws Error where the variant fails, or its sums are not those of the organization */
export async function runVariant(folder: string, port: number, run: Run): Promise<Measured> {
  const baseUrl = `http://127.0.0.1:${port}/${run.size}${run.onePage === true ? '/one-page' : ''}/v1`;
  const program = [join(folder, `${run.variant}.mjs`), baseUrl, ...(run.more ?? [])];
  const { wallMs, stdout } = await timedProcess(`${run.variant} of ${run.size}`, [
    ...(run.nodeFlags ?? []),
    ...program,
  ]);
  const { rows, inputTokens, peakBytes, cpuMs } = JSON.parse(stdout);
  const expected = expectedSums(SIZES[run.size]);
  if (rows !== expected.rows || inputTokens !== expected.inputTokens) {
    throw new Error(
      `${run.variant} of ${run.size} came to ${rows} rows and ${inputTokens} tokens instead of ${JSON.stringify(expected)}`,
    );
  }
  return { wallMs, cpuMs, peakMb: peakBytes / 1e6 };
}
