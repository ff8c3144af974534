// How often V8 ran the code at an offset: the count of the innermost range that holds it.
import * as v from 'valibot';

const rangeSchema = v.object({ startOffset: v.number(), endOffset: v.number(), count: v.number() });

/** `isBlockCoverage`: ranges inside of the function are counted too. */
export const functionCoverageSchema = v.object({
  isBlockCoverage: v.boolean(),
  ranges: v.array(rangeSchema),
});
export type FunctionCoverage = v.InferOutput<typeof functionCoverageSchema>;

/** `offsets` ascend, in UTF-16 units of one script; outside of every range is 0. Ends are exclusive. */
export function countsAt(
  functions: readonly FunctionCoverage[],
  offsets: readonly number[],
): ReadonlyMap<number, number> {
  const ranges = functions
    .flatMap(({ isBlockCoverage, ranges: own }) =>
      // Of a function that is only counted as a whole nobody knows which of its lines have run.
      isBlockCoverage ? own : own.map((range) => ({ ...range, count: 0 })),
    )
    .sort((a, b) => a.startOffset - b.startOffset || b.endOffset - a.endOffset);
  const counts = new Map<number, number>();
  const around: typeof ranges = [];
  let next = 0;
  for (const offset of offsets) {
    for (let range = ranges[next]; range !== undefined && range.startOffset <= offset; range = ranges[next]) {
      around.push(range);
      next += 1;
    }
    while ((around.at(-1)?.endOffset ?? Number.POSITIVE_INFINITY) <= offset) around.pop();
    counts.set(offset, around.at(-1)?.count ?? 0);
  }
  return counts;
}
