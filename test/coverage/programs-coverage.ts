// What a test adds to the environment of a program that it starts, so that `npm run coverage` counts what the program runs.

/** Names the folder. Not Node's own variable: Vitest's processes would write too, and lose their own counts by it. */
export const PROGRAMS_COVERAGE = 'PROGRAMS_COVERAGE';

/** Node writes its counts into that folder when a program ends, and whenever the program asks for it. */
export function programsCoverage(): { readonly NODE_V8_COVERAGE?: string } {
  const folder = process.env[PROGRAMS_COVERAGE];
  return folder === undefined ? {} : { NODE_V8_COVERAGE: folder };
}
