// How often programs ran what Vitest has measured, added up over all the files that Node wrote when they ran.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import { bundleTokens, type KeptMap, keptMapSchema } from './bundle-tokens.ts';
import type { Stretch } from './code-structure.ts';
import { countsAt, type FunctionCoverage, functionCoverageSchema } from './counts-at.ts';
import type { Measured, MeasuredFile } from './measured-file.ts';
import { type Places, placesInBundle, placesInSource } from './places.ts';

const scriptSchema = v.object({ url: v.string(), functions: v.array(functionCoverageSchema) });
/** What Node writes, for each script that any part of ran since it wrote last. */
const nodeCoverageSchema = v.object({
  result: v.array(scriptSchema),
  'source-map-cache': v.optional(v.record(v.string(), keptMapSchema), {}),
});

export class ProgramRuns {
  readonly #runs = new Map<Measured, number>();

  /** `of` is from `files`; there may be counts in `places` that none of these has. */
  add(file: MeasuredFile, places: Places, functions: readonly FunctionCoverage[]): void {
    const offsets = [...new Set([...places.values()].flat())].sort((a, b) => a - b);
    const counts = countsAt(functions, offsets);
    const at = (stretch: Stretch): number[] | null =>
      places.get(stretch)?.map((offset) => counts.get(offset) ?? 0) ?? null;
    for (const measured of file.measured) {
      const all = at(measured.stretch);
      const without = measured.butNot === null ? [0] : at(measured.butNot);
      if (all === null || without === null) continue;
      const runs = Math.min(...all) - Math.max(...without);
      this.#runs.set(measured, (this.#runs.get(measured) ?? 0) + runs);
    }
  }

  /** Never less than 0, and never more than was run. */
  of(measured: Measured): number {
    return Math.max(0, this.#runs.get(measured) ?? 0);
  }
}

export interface Counted {
  readonly runs: ProgramRuns;
  /** What Node wrote; of programs that were ended while it wrote, only a part, which counts for nothing. */
  readonly written: number;
  readonly cutOff: number;
}

/** `files` by path, below `root`; `folder` holds only what Node wrote, and may not exist. */
export function programRuns(folder: string, root: string, files: ReadonlyMap<string, MeasuredFile>): Counted {
  const runs = new ProgramRuns();
  /** The same bundle runs many times, from folders of its own. */
  const bundles = new Map<string, readonly (readonly [MeasuredFile, Places])[]>();
  const placesOf = (url: string, map: KeptMap) => {
    const key = map.data?.mappings ?? '';
    const known = bundles.get(key);
    if (known !== undefined) return known;
    const tokens = [...bundleTokens(url, map, root, files)];
    const places = tokens.map(([file, own]) => [file, placesInBundle(file, own)] as const);
    bundles.set(key, places);
    return places;
  };

  let cutOff = 0;
  const names = readdirSync(folder);
  for (const name of names) {
    const written = parsed(readFileSync(join(folder, name), 'utf8'));
    if (written === null) cutOff += 1;
    for (const { url, functions } of written?.result ?? []) {
      if (!url.startsWith('file:')) continue;
      const itself = files.get(fileURLToPath(url));
      if (itself !== undefined) runs.add(itself, placesInSource(itself), functions);
      const map = written?.['source-map-cache'][url];
      if (map !== undefined)
        for (const [file, places] of placesOf(url, map)) runs.add(file, places, functions);
    }
  }
  return { runs, written: names.length, cutOff };
}

function parsed(text: string): v.InferOutput<typeof nodeCoverageSchema> | null {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    return null;
  }
  return v.parse(nodeCoverageSchema, document);
}
