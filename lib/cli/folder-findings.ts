// What the doctor looks at on this machine: Node, the key in the environment, the state folder.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { BudgetAlertsError } from '../errors.ts';
import { openLocalState } from '../local/local-state.ts';
import { askAboutKey } from '../openai/ask-about-key.ts';
import { examine, type Probe } from '../run/examine.ts';
import { examineAdminKey } from '../run/examine-admin-key.ts';
import { storedProbes } from '../run/examine-stored.ts';
import { type Finding, finding, fine } from '../run/finding.ts';
import type { SecretAnswer } from '../run/secret-answer.ts';
import { type Instant, SECOND_MS } from '../time/instant.ts';

export interface FolderToExamine {
  readonly organization: string;
  /** Absolute. */
  readonly folder: string;
  readonly tick: Instant;
  readonly environment: NodeJS.ProcessEnv;
  readonly openAi: { readonly baseUrl: string; readonly minIntervalMs: number };
}

/** Long enough for a run that is just ending. */
const LOCK_PATIENCE_MS = 2 * SECOND_MS;

/** An operating system's lock ends with its holder, so that one that is held is held by a process that lives. */
export async function folderFindings(examined: FolderToExamine): Promise<Finding[]> {
  const { folder, tick, organization } = examined;
  const check = 'state';
  // What looks must not make: neither the folder nor the tables in it.
  if (!existsSync(join(folder, 'dynamodb'))) {
    const fix = '`budget-alerts check` makes it; --state names another folder, --stack a deployed stack.';
    const absent = finding(check, 'warning', `There is no state in ${folder} yet.`, fix);
    return [absent, ...(await examine([keyProbe(examined, () => Promise.resolve(null))]))];
  }
  try {
    await using state = await openLocalState(
      folder,
      () => tick,
      LOCK_PATIENCE_MS,
      () => {},
    );
    const probes = [
      keyProbe(examined, () => state.names.keyExpiry(organization)),
      ...storedProbes({ organization, tick, isScheduled: false }, state),
    ];
    return [fine(check, `The state folder ${folder} can be used.`), ...(await examine(probes))];
  } catch (error) {
    if (!(error instanceof BudgetAlertsError)) throw error;
    const held = error.code === 'state-locked';
    const wrong = held
      ? finding(check, 'warning', 'Another run is at work in the state folder.', lockFix(error.message))
      : finding(check, 'failed', `The state folder cannot be used (${error.code}).`, error.message);
    return [wrong, ...(await examine([keyProbe(examined, () => Promise.resolve(null))]))];
  }
}

function lockFix(message: string): string {
  return `${message} If no process of that number lives here, one in another container or on another machine has the folder open.`;
}

function keyProbe(
  { environment, tick, openAi }: FolderToExamine,
  storedExpiry: Parameters<typeof examineAdminKey>[0]['storedExpiry'],
): Probe {
  const place = 'the environment variable OPENAI_ADMIN_KEY';
  return {
    check: 'admin-key',
    examine: () =>
      examineAdminKey({
        tick,
        readKey: () => Promise.resolve(keyOf(environment)),
        place,
        ask: (key) => askAboutKey({ key, tick, ...openAi }),
        storedExpiry,
      }),
  };
}

function keyOf({ OPENAI_ADMIN_KEY = '' }: NodeJS.ProcessEnv): SecretAnswer {
  if (OPENAI_ADMIN_KEY.trim() !== '') return { outcome: 'read', value: OPENAI_ADMIN_KEY };
  return {
    outcome: 'unusable',
    message: 'OPENAI_ADMIN_KEY is not set.',
    fix:
      'An organization owner makes an admin key with api.usage.read and api.management.read at ' +
      'https://platform.openai.com/settings/organization/admin-keys; then: export OPENAI_ADMIN_KEY=sk-admin-…',
  };
}
