// EventBridge Scheduler's cron expressions in UTC: numbers, lists, ranges and steps in six fields.

export type CronFields = readonly (readonly number[] | null)[];

/** In the order of the expression; `null` in place of a list of numbers stands for any. */
const FIELDS = [
  { name: 'minutes', from: 0, to: 59 },
  { name: 'hours', from: 0, to: 23 },
  { name: 'day of month', from: 1, to: 31 },
  { name: 'month', from: 1, to: 12 },
  { name: 'day of week', from: 1, to: 7 },
  { name: 'year', from: 1970, to: 2199 },
] as const;

/** @throws for `rate`, `at`, names of months and days, and `L`, `W` and `#`: none of it is understood here */
export function parseCron(expression: string): CronFields {
  const texts = /^cron\((.*)\)$/.exec(expression)?.[1]?.trim().split(/\s+/) ?? [];
  if (texts.length !== FIELDS.length) throw new Error(`"${expression}" is no cron expression of six fields.`);
  // AWS wants exactly one of the two days to be "?".
  if ((texts[2] === '?') === (texts[4] === '?'))
    throw new Error(`One of the days in "${expression}" must be "?".`);
  return FIELDS.map((field, position) => {
    const text = texts[position] ?? '';
    return text === '*' || text === '?' ? null : text.split(',').flatMap((part) => numbersOf(part, field));
  });
}

export function isDue(fields: CronFields, epochMs: number): boolean {
  const time = new Date(epochMs);
  const values = [
    time.getUTCMinutes(),
    time.getUTCHours(),
    time.getUTCDate(),
    time.getUTCMonth() + 1,
    // Sunday is 1.
    time.getUTCDay() + 1,
    time.getUTCFullYear(),
  ];
  return values.every((value, position) => fields[position]?.includes(value) ?? true);
}

function numbersOf(part: string, field: (typeof FIELDS)[number]): number[] {
  const match = /^(?:\*|(\d+)(?:-(\d+))?)(?:\/([1-9]\d*))?$/.exec(part);
  if (match === null) throw new Error(`"${part}" is not understood as ${field.name}.`);
  const [, first, last, step] = match;
  const from = first === undefined ? field.from : Number(first);
  const openEnded = first === undefined || step !== undefined;
  const to = last !== undefined ? Number(last) : openEnded ? field.to : from;
  if (from < field.from || to > field.to || from > to)
    throw new Error(`"${part}" is out of range as ${field.name}.`);
  const numbers: number[] = [];
  for (let number = from; number <= to; number += Number(step ?? 1)) numbers.push(number);
  return numbers;
}
