// The story that a deployed system is for: budgets come with the deployment, spend passes them, and each person hears of it once.
import { plusMs } from '../../lib/time/instant.ts';
import { EMAIL } from './configurations.ts';
import { type DeployedWorld, EVENING, HALF_HOUR_MS, startDeployedWorld } from './deployed-world.ts';
import { parseFailureRecord } from './failure-record.ts';
import type { SynthesizedStack } from './synthesize.ts';

/** Both are beyond their limit by the evening of the first day, and in one message as they share their labels. */
export const BUDGET_NAMES = ['Support chatbot (daily)', 'All tokens (daily)'];

/** Deployment, which brings the budgets, confirmation, and half an hour of schedules; what of the story did not come true. */
export async function playAnnouncement(world: DeployedWorld): Promise<string[]> {
  await world.deployment.confirmEmails();
  await world.deployment.connectAmazonQ();
  await world.deployment.fire(EVENING, plusMs(EVENING, HALF_HOUR_MS));
  return await announcementFaults(world);
}

/** The same for a stack that may be so broken that it does not even get as far. */
export async function faultsOf(stack: SynthesizedStack): Promise<string[]> {
  try {
    await using world = await startDeployedWorld(stack);
    return await playAnnouncement(world);
  } catch (error) {
    return [String(error)];
  }
}

async function announcementFaults({ deployment, slack, alertEmails }: DeployedWorld): Promise<string[]> {
  const emails = alertEmails();
  const failed = deployment.logLines().filter((line) => !line.includes('"outcome":"done"'));
  const queued = await deployment.queuedMessages();
  return [
    ...(emails.length === 1 ? [] : [`${emails.length} e-mails`]),
    ...emails.flatMap(({ to }) => (to === EMAIL ? [] : [`an e-mail to ${to}`])),
    ...emails.flatMap(({ subject, text }) => unnamedBudgets('the e-mail', `${subject}\n${text}`)),
    ...(slack.posts.length === 1 ? [] : [`${slack.posts.length} posts to Slack`]),
    ...slack.posts.flatMap(({ body }) => unnamedBudgets('the post to Slack', body)),
    ...failed.map((line) => `a log line: ${line}`),
    ...queued.map((body) => `a dead letter: ${saidBy(body)}`),
  ];
}

function unnamedBudgets(channel: string, text: string): string[] {
  return BUDGET_NAMES.filter((name) => !text.includes(name)).map(
    (name) => `${channel} does not name ${name}`,
  );
}

function saidBy(body: string): string {
  const record = parseFailureRecord(body);
  return record === null ? body : `${record.construct}: ${record.errorMessage}`;
}
