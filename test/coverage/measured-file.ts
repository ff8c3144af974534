// A file as Vitest has measured it: its statements and the arms of its branches, each with its place and its runs.
import * as v from 'valibot';
import { codeStructure, type Stretch } from './code-structure.ts';
import { lineStarts } from './line-starts.ts';

const positionSchema = v.object({
  line: v.number(),
  /** `null`: the end of the line. */
  column: v.nullable(v.number()),
});
const locationSchema = v.object({ start: positionSchema, end: positionSchema });
/** The second arm of an `if` without `else` is nowhere. */
const armSchema = v.union([locationSchema, v.object({ start: v.strictObject({}) })]);
const fileSchema = v.object({
  path: v.string(),
  statementMap: v.record(v.string(), locationSchema),
  s: v.record(v.string(), v.number()),
  branchMap: v.record(
    v.string(),
    v.object({ type: v.string(), loc: locationSchema, locations: v.array(armSchema) }),
  ),
  b: v.record(v.string(), v.array(v.number())),
});
/** `coverage-final.json`. */
export const vitestCoverageSchema = v.record(v.string(), fileSchema);
type VitestFile = v.InferOutput<typeof fileSchema>;

export interface Measured {
  readonly kind: 'statement' | 'arm';
  /** From 1. */
  readonly line: number;
  readonly stretch: Stretch;
  /** Of an arm that is nowhere: it ran as often as `stretch` and not this. */
  readonly butNot: Stretch | null;
  /** In Vitest's own processes. */
  readonly runs: number;
}

export interface MeasuredFile {
  readonly path: string;
  /** Offsets of the lines. */
  readonly lines: readonly number[];
  readonly measured: readonly Measured[];
  /** Where anything begins that may run more or less often than what is before it; ascending. */
  readonly starts: readonly number[];
}

export function measuredFile(file: VitestFile, source: string): MeasuredFile {
  const { functionStarts, consequents } = codeStructure(source);
  const lines = lineStarts(source);
  const offsetOf = ({ line, column }: v.InferOutput<typeof positionSchema>): number =>
    column === null ? (lines[line] ?? source.length) : (lines[line - 1] ?? source.length) + column;
  const stretchOf = ({ start, end }: v.InferOutput<typeof locationSchema>): Stretch => ({
    from: offsetOf(start),
    until: offsetOf(end),
  });

  const statements = Object.entries(file.statementMap).map(([id, location]): Measured => {
    const runs = file.s[id] ?? 0;
    return { kind: 'statement', line: location.start.line, stretch: stretchOf(location), butNot: null, runs };
  });
  const arms = Object.entries(file.branchMap).flatMap(([id, { type, loc, locations }]) =>
    locations.map((location, at): Measured => {
      const whole = stretchOf(loc);
      const consequent = type === 'if' ? consequents.get(whole.from) : undefined;
      if (type === 'if' && consequent === undefined)
        throw new Error(`${file.path}:${loc.start.line}: no if.`);
      const runs = file.b[id]?.[at] ?? 0;
      const line = 'end' in location ? location.start.line : loc.start.line;
      const arm = { kind: 'arm', line, runs, butNot: null } as const;
      if (!('end' in location)) return { ...arm, stretch: whole, butNot: consequent ?? null };
      // As the place of the first arm, the map has the whole `if`.
      return { ...arm, stretch: at === 0 && consequent !== undefined ? consequent : stretchOf(location) };
    }),
  );
  const measured = [...statements, ...arms];
  const starts = new Set([...functionStarts, ...measured.map(({ stretch }) => stretch.from)]);
  return { path: file.path, lines, measured, starts: [...starts].sort((a, b) => a - b) };
}
