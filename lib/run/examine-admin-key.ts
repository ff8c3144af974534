// Examines the admin key: is there one, is it accepted, what may it do, until when does it work.
import { keyExpiryCondition } from '../notify/key-expiry-condition.ts';
import type { KeyExpiry } from '../spend/key-expiry.ts';
import { SourceError } from '../spend/usage-source.ts';
import { formatInstant, type Instant } from '../time/instant.ts';
import { conditionFinding, type Finding, finding, fine } from './finding.ts';
import type { SecretAnswer } from './secret-answer.ts';

/** Asks OpenAI as little as shows whether a key works. */
export interface AdminKeyQuestions extends AsyncDisposable {
  /** One finished day of costs. @throws SourceError */
  readCosts(): Promise<void>;
  /** One project. @throws SourceError */
  listProjects(): Promise<void>;
  /** As of `UsageSource`. */
  keyExpiry(): Promise<KeyExpiry | null>;
}

export interface AdminKeyPorts {
  readonly tick: Instant;
  readonly readKey: () => Promise<SecretAnswer>;
  /** Where the key is kept, as in "Put it into …". */
  readonly place: string;
  /** @throws SourceError `openai-base-url-invalid`: the key is not sent to such an address */
  readonly ask: (key: string) => AdminKeyQuestions;
  /** What a collect has learned before. */
  readonly storedExpiry: () => Promise<KeyExpiry | null>;
}

const USAGE = 'api.usage.read';
const MANAGEMENT = 'api.management.read';
const KEYS_PAGE = 'https://platform.openai.com/settings/organization/admin-keys';
const KEY = 'admin-key';
const EXPIRY = 'admin-key.expiry';

export async function examineAdminKey(ports: AdminKeyPorts): Promise<Finding[]> {
  const answer = await ports.readKey();
  switch (answer.outcome) {
    case 'read':
      return await examineKey(answer.value, ports);
    case 'unusable':
      return [finding(KEY, 'failed', answer.message, answer.fix), await storedExpiry(ports)];
    case 'unknown':
      return [finding(KEY, 'skipped', answer.why, answer.fix), await storedExpiry(ports)];
    case 'not-allowed': {
      const fix = `Run this as somebody who may read ${ports.place}; the functions do so with roles of their own.`;
      return [
        finding(KEY, 'skipped', `You may not read the secret: ${answer.why}.`, fix),
        await storedExpiry(ports),
      ];
    }
  }
}

async function examineKey(key: string, ports: AdminKeyPorts): Promise<Finding[]> {
  let questions: AdminKeyQuestions;
  try {
    questions = ports.ask(key);
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    const untried = 'There is an admin key, and it was not tried, as there is no address to send it to.';
    return [finding(KEY, 'skipped', untried, error.message), await storedExpiry(ports)];
  }
  await using asked = questions;
  return await examineAsked(asked, ports);
}

async function examineAsked(questions: AdminKeyQuestions, ports: AdminKeyPorts): Promise<Finding[]> {
  const costs = await failureOf(questions.readCosts());
  if (costs !== null && costs.code !== 'openai-scope-missing') {
    return [keyFailure(costs, ports.place), await storedExpiry(ports)];
  }
  const projects = await failureOf(questions.listProjects());
  return [
    fine(KEY, 'OpenAI accepts the admin key.'),
    costs === null
      ? fine(`${KEY}.${USAGE}`, 'The key may read costs and usage.')
      : finding(
          `${KEY}.${USAGE}`,
          'failed',
          `The key lacks ${USAGE}: costs and usage cannot be read.`,
          newKey(ports.place),
        ),
    managementFinding(projects, ports.place),
    await expiryFinding(projects, questions, ports),
  ];
}

/** Without it budgets work all the same: names are missing, and no end of the key is seen coming. */
function managementFinding(projects: SourceError | null, place: string): Finding {
  const check = `${KEY}.${MANAGEMENT}`;
  if (projects === null) return fine(check, 'The key may read the names of projects.');
  if (projects.code !== 'openai-scope-missing') {
    return finding(
      check,
      'warning',
      `The names of projects could not be asked for (${projects.code}).`,
      projects.message,
    );
  }
  const effect = 'messages show ids in place of names, and the end of the key is not seen coming';
  return finding(check, 'warning', `The key lacks ${MANAGEMENT}: ${effect}.`, newKey(place));
}

async function expiryFinding(
  projects: SourceError | null,
  questions: AdminKeyQuestions,
  ports: AdminKeyPorts,
): Promise<Finding> {
  if (projects !== null) return await storedExpiry(ports);
  try {
    const expiry = await questions.keyExpiry();
    const otherwise =
      expiry === null
        ? 'No end of the key is known: it does not expire, or OpenAI does not list it.'
        : `The key works until ${formatInstant(expiry.expiresAt)}.`;
    return expiryCondition(expiry, ports, otherwise);
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    return finding(EXPIRY, 'warning', `The end of the key could not be read (${error.code}).`, error.message);
  }
}

/** That of the key that a collect has used, which may have been replaced since. */
async function storedExpiry(ports: AdminKeyPorts): Promise<Finding> {
  const expiry = await ports.storedExpiry().catch(() => null);
  if (expiry !== null) {
    return expiryCondition(
      expiry,
      ports,
      `As of the last collect, the key works until ${formatInstant(expiry.expiresAt)}.`,
    );
  }
  return finding(
    EXPIRY,
    'skipped',
    'Until when the key works cannot be seen now.',
    `It takes a key that is accepted and has ${MANAGEMENT}.`,
  );
}

function expiryCondition(expiry: KeyExpiry | null, { tick }: AdminKeyPorts, otherwise: string): Finding {
  const condition = keyExpiryCondition(expiry, tick);
  return conditionFinding(
    EXPIRY,
    condition,
    condition?.state === 'expired' ? 'failed' : 'warning',
    otherwise,
  );
}

function keyFailure(error: SourceError, place: string): Finding {
  switch (error.code) {
    case 'openai-key-rejected':
      return finding(KEY, 'failed', 'OpenAI does not accept the admin key.', newKey(place));
    case 'openai-key-missing':
      return finding(KEY, 'failed', 'There is no admin key.', newKey(place));
    default:
      return finding(KEY, 'failed', `The admin key could not be tried (${error.code}).`, error.message);
  }
}

function newKey(place: string): string {
  return `Make an admin key with ${USAGE} and ${MANAGEMENT} at ${KEYS_PAGE} and put it into ${place}, as plain text.`;
}

async function failureOf(asked: Promise<void>): Promise<SourceError | null> {
  try {
    await asked;
    return null;
  } catch (error) {
    if (error instanceof SourceError) return error;
    throw error;
  }
}
