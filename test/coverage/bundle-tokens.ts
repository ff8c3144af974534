// The tokens of a bundle that come from sources of ours, by source, as its source map has them.
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { decodedMappings, type SourceMapInput, TraceMap } from '@jridgewell/trace-mapping';
import * as v from 'valibot';
import { startsOfLengths } from './line-starts.ts';
import type { MeasuredFile } from './measured-file.ts';
import type { Token } from './places.ts';

/** As Node keeps it beside the counts: its sources are addresses as if they lay around the bundle. */
export const keptMapSchema = v.object({
  lineLengths: v.array(v.number()),
  data: v.nullable(
    v.looseObject({
      version: v.literal(3),
      sources: v.array(v.string()),
      mappings: v.string(),
      names: v.array(v.string()),
    }),
  ),
});
export type KeptMap = v.InferOutput<typeof keptMapSchema>;

/** Ascending in the source. Paths in the bundle's map are those from the root of the repository. */
export function bundleTokens(
  url: string,
  { lineLengths, data }: KeptMap,
  root: string,
  files: ReadonlyMap<string, MeasuredFile>,
): ReadonlyMap<MeasuredFile, readonly Token[]> {
  if (data === null) return new Map();
  const folder = dirname(fileURLToPath(url));
  const ours = data.sources.map((source) =>
    source.startsWith('file:') ? files.get(join(root, relative(folder, fileURLToPath(source)))) : undefined,
  );
  const scriptLines = startsOfLengths(lineLengths);
  const tokens = new Map<MeasuredFile, Token[]>();
  for (const [line, segments] of decodedMappings(new TraceMap(data satisfies SourceMapInput)).entries()) {
    for (const [scriptColumn, sourceAt, sourceLine, sourceColumn] of segments) {
      const file = sourceAt === undefined ? undefined : ours[sourceAt];
      if (file === undefined) continue;
      const of = tokens.get(file) ?? [];
      tokens.set(file, of);
      const script = (scriptLines[line] ?? 0) + scriptColumn;
      of.push({ source: (file.lines[sourceLine ?? 0] ?? 0) + (sourceColumn ?? 0), script });
    }
  }
  for (const of of tokens.values()) of.sort((a, b) => a.source - b.source);
  return tokens;
}
