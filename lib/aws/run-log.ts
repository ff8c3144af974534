// One structured line per run: ids, counts, classes and durations. Never names, amounts, bodies or URLs.

type Field = string | number | boolean | null | readonly string[];

export interface RunLine {
  readonly function: string;
  readonly outcome: 'done' | 'failed';
  readonly [field: string]: Field;
}

export function logRun(line: RunLine): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}
