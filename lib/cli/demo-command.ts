// Plays the demonstration and shows it: alerts as they arrive, then where every budget stands.

import { join, resolve } from 'node:path';
import colors from 'picocolors';
import { hasError } from '../budget/budget-problem.ts';
import { type DemoHour, playDemoWeeks } from '../local/demo-weeks.ts';
import { OUTBOX_FILE } from '../local/outbox-notifier.ts';
import type { Message } from '../notify/message.ts';
import { formatInstant, type Instant } from '../time/instant.ts';
import { utcDayOf } from '../time/utc-day.ts';
import { budgetTable } from './budget-table.ts';
import { checkDocument } from './check-document.ts';
import { DEMO_BUDGETS } from './demo-budgets.ts';
import { plainText } from './plain-text.ts';
import { problemLines } from './print-problems.ts';
import { parseBudgetsText } from './read-budgets-file.ts';
import type { Terminal } from './terminal.ts';

const STATE_FOLDER = '.budget-alerts-demo';

export async function demoCommand(terminal: Terminal): Promise<number> {
  const { budgets, problems } = parseBudgetsText(DEMO_BUDGETS);
  if (budgets === null || hasError(problems)) throw new TypeError('the demonstration has an invalid budget');
  const directory = resolve(terminal.directory, STATE_FOLDER);

  terminal.out(
    'No OPENAI_ADMIN_KEY is set, so this plays three weeks of a simulated OpenAI organization: ten',
  );
  terminal.out(
    'projects, read every three hours from a local admin API, state in an embedded DynamoDB. One runs away.\n',
  );
  let alerts = 0;
  const { last, names, requests } = await playDemoWeeks(directory, STATE_FOLDER, budgets, (hour) => {
    const messages = new Map(hour.report.delivered.map(({ message }) => [message.messageId, message]));
    for (const message of messages.values()) terminal.out(alertBlock(hour.tick, message));
    alerts += hour.report.delivered.length;
    showProgress(terminal, hour);
  });

  const document = checkDocument(last.asOf, last, []);
  for (const line of problemLines(document.problems, null)) terminal.out(line);
  terminal.out(`\n${budgetTable(document.budgets, names)}\n`);
  terminal.out(
    alerts === 0
      ? 'No new alert: everything in these weeks was announced before. State is kept, so nothing is said twice.'
      : `${alerts} alerts, each announced once. Run it again: the same weeks over the kept state say nothing new.`,
  );
  terminal.out(`${requests} requests to the admin API. Messages: ${join(STATE_FOLDER, OUTBOX_FILE)}`);
  terminal.out('From this folder the commands in them run as: npm run -s budget-alerts -- explain …');
  terminal.out('For your own organization: OPENAI_ADMIN_KEY=sk-admin-… npm start');
  return hasError(document.problems) ? 1 : 0;
}

function showProgress(terminal: Terminal, { tick, played, hours }: DemoHour): void {
  if (played % 24 !== 0) return;
  terminal.out(colors.dim(`${utcDayOf(tick)}  day ${played / 24} of ${hours / 24}`));
}

/** The message as it would arrive, its first line beside the hour. */
function alertBlock(tick: Instant, { text, attributes: { severity } }: Message): string {
  const [first = '', ...rest] = plainText(text, true).split('\n');
  const color = severity === 'critical' ? colors.red : severity === 'warning' ? colors.yellow : colors.cyan;
  const hour = `${formatInstant(tick).slice(0, 16).replace('T', ' ')} UTC`;
  return [`\n${colors.dim(hour)}  ${color(severity)}`, colors.bold(first), ...rest, ''].join('\n');
}
