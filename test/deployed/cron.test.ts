// The schedules' cron expressions: when they are due, and which are not understood.
import { describe, expect, it } from 'vitest';
import { isDue, parseCron } from './cron.ts';

/** Minutes of the UTC day of 20 November 2026, a Friday. */
function dueMinutes(expression: string): string[] {
  const fields = parseCron(expression);
  const times: string[] = [];
  for (let minute = 0; minute < 24 * 60; minute += 1) {
    const epochMs = Date.UTC(2026, 10, 20, 0, minute);
    if (isDue(fields, epochMs)) times.push(new Date(epochMs).toISOString().slice(11, 16));
  }
  return times;
}

describe('a cron expression', () => {
  it.each([
    ['cron(2 6 * * ? *)', ['06:02']],
    ['cron(2,17,32 6 * * ? *)', ['06:02', '06:17', '06:32']],
    ['cron(5/20 6 * * ? *)', ['06:05', '06:25', '06:45']],
    ['cron(*/30 6-7 * * ? *)', ['06:00', '06:30', '07:00', '07:30']],
    ['cron(0-10/5 6 * * ? *)', ['06:00', '06:05', '06:10']],
    ['cron(0 6 20 11 ? 2026)', ['06:00']],
    ['cron(0 6 21 11 ? 2026)', []],
    ['cron(0 6 ? * 6 *)', ['06:00']],
    ['cron(0 6 ? * 5 *)', []],
  ])('%s is due at %j', (expression, times) => {
    expect(dueMinutes(expression)).toEqual(times);
  });

  it.each([
    'rate(15 minutes)',
    'cron(2 * * * *)',
    'cron(2 * * * * *)',
    'cron(2 * ? * ? *)',
    'cron(60 * * * ? *)',
    'cron(7-5 * * * ? *)',
    'cron(0/0 * * * ? *)',
    'cron(0 0 L * ? *)',
    'cron(0 0 ? * MON *)',
  ])('%s is refused', (expression) => {
    expect(() => parseCron(expression)).toThrow();
  });
});
