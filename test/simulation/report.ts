// What a campaign of simulated worlds came to, in words: figures, and for each failure the shortest schedule that fails.
import { FAULTS } from './faults.ts';
import type { Figures } from './play.ts';
import type { PlayedSeed } from './players.ts';

/** The same figures whatever the machine, so that they can stand in a document. */
export function figuresText(played: readonly PlayedSeed[], days: number): string {
  const all = played.map(({ played: { figures } }) => figures);
  const sum = (of: (figures: Figures) => number) =>
    all.reduce((total, figures) => total + of(figures), 0).toLocaleString('en');
  const failures = played.filter(({ played: { violation } }) => violation !== null).length;
  const rows: [string, string][] = [
    ['Seeds', played.length.toLocaleString('en')],
    ['Virtual days of each', days.toLocaleString('en')],
    ['Hourly ticks', sum(({ ticks }) => ticks)],
    ['… of them without a fault', sum(({ healthyTicks }) => healthyTicks)],
    ['Runs of functions', sum(({ runs }) => runs)],
    ['Alerts due', sum(({ due }) => due)],
    ['Alerts lost', sum(({ lost }) => lost)],
    ['Messages accepted', sum(({ messages }) => messages)],
    ['Alerts sent again, by a documented window', sum(({ duplicated }) => duplicated)],
    ['Seeds with a violated invariant', failures.toLocaleString('en')],
  ];
  const faults = FAULTS.map((fault): [string, string] => [fault, sum(({ faults }) => faults[fault] ?? 0)]);
  return `${tableText(['What', 'Count'], rows)}\n${tableText(['Fault injected', 'Times'], faults)}`;
}

function tableText(head: [string, string], rows: readonly [string, string][]): string {
  const lines = [head, ['---', '---:'], ...rows].map(([name, count]) => `| ${name} | ${count} |`);
  return `${lines.join('\n')}\n`;
}

export function failureText({ seed, played, shrunk }: PlayedSeed, days: number): string {
  const { violation, injected } = shrunk?.played ?? played;
  if (violation === null) return '';
  const schedule = shrunk?.schedule ?? injected;
  return [
    `Seed ${seed}: ${violation.invariant}`,
    `  at ${new Date(violation.at).toISOString()}: ${violation.detail}`,
    `  of ${played.injected.length} faults these suffice:`,
    ...schedule.map((fault) => `    ${fault}`),
    `  Again: npm run simulate -- --seed ${seed} --days ${days}`,
    '',
  ].join('\n');
}
