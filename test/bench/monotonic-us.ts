// The clock of V8's profiles, in which a program says when the part of it that is measured began and ended.
export function monotonicUs(): number {
  return Number(process.hrtime.bigint() / 1_000n);
}
