// How often programs ran what Vitest has measured, added up over all the files that Node wrote when they ran.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
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

export interface Counted {
  /** Never less than 0. */
  readonly runsOf: (measured: Measured) => number;
  readonly written: number;
  /** Written by programs that were ended meanwhile; what there is of it counts for nothing. */
  readonly cutOff: number;
}

/** `files` by path, below `root`; `folder` holds only what Node wrote. */
export function programRuns(folder: string, root: string, files: ReadonlyMap<string, MeasuredFile>): Counted {
  const runs = new Map<Measured, number>();
  const add = (file: MeasuredFile, places: Places, functions: readonly FunctionCoverage[]): void => {
    for (const [measured, count] of runsIn(file, places, functions)) {
      runs.set(measured, (runs.get(measured) ?? 0) + count);
    }
  };
  /** The same bundle runs many times, from folders of its own. */
  const bundles = new Map<string, readonly (readonly [MeasuredFile, Places])[]>();
  const placesOf = (url: string, map: KeptMap) => {
    const sources = map.data?.sources.map((source) => source.replace(dirname(url), ''));
    const key = JSON.stringify([map.data?.mappings, sources]);
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
      if (itself !== undefined) add(itself, placesInSource(itself), functions);
      const map = written?.['source-map-cache'][url];
      if (map !== undefined) for (const [file, places] of placesOf(url, map)) add(file, places, functions);
    }
  }
  return { runsOf: (measured) => Math.max(0, runs.get(measured) ?? 0), written: names.length, cutOff };
}

/** Of one script, for all of the file that is found in it. */
function* runsIn(
  { measured: all }: MeasuredFile,
  places: Places,
  functions: readonly FunctionCoverage[],
): Generator<readonly [Measured, number]> {
  const offsets = [...new Set([...places.values()].flat())].sort((a, b) => a - b);
  const counts = countsAt(functions, offsets);
  const countsOf = (stretch: Stretch) => places.get(stretch)?.map((offset) => counts.get(offset) ?? 0);
  for (const measured of all) {
    const within = countsOf(measured.stretch);
    const without = measured.butNot === null ? [0] : countsOf(measured.butNot);
    if (within === undefined || without === undefined) continue;
    yield [measured, Math.min(...within) - Math.max(...without)];
  }
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
