// Makes a silence of what somebody asked for, or says why it cannot be one.
import { BudgetAlertsError } from '../errors.ts';
import { parseInstantAhead } from '../time/duration.ts';
import { DAY_MS, formatInstant, type Instant, plusMs } from '../time/instant.ts';
import { quoted } from './quoted.ts';
import type { Silence } from './silence.ts';
import { textFault } from './text-fault.ts';

/** A budget that nobody wants to hear of for longer should be removed, which says so. */
const MAX_AHEAD_MS = 366 * DAY_MS;
const MAX_REASON_CHARACTERS = 200;
const MAX_ID_STEM_CHARACTERS = 50;
const ID_SUFFIX_CHARACTERS = 5;

export interface SilenceRequest {
  /** Of a budget that exists; `null`: every budget. */
  readonly budgetId: string | null;
  readonly member: string | null;
  /** An instant, a day or a duration. */
  readonly until: string;
  readonly reason: string;
  readonly by: string;
}

/**
 * @param random letters and digits, to tell this silence's id from others
 * @param taken ids that it must not have: a silence's or a budget's
 * @throws BudgetAlertsError `silence-invalid`
 */
export function declareSilence(
  { budgetId, member, until, reason, by }: SilenceRequest,
  random: string,
  taken: ReadonlySet<string>,
  tick: Instant,
): Silence {
  return {
    id: silenceId(budgetId, random, taken),
    budgetId,
    member,
    until: parseUntil(until, tick),
    reason: parseReason(reason),
    createdAt: tick,
    createdBy: by,
  };
}

function parseUntil(text: string, tick: Instant): Instant {
  const until = parseInstantAhead(text, tick);
  if (until === null) {
    const forms =
      'an instant like 2026-11-23T09:00Z, a day (its UTC midnight), or a duration like 2h, 3d or 1w';
    throw invalid(`${quoted(text)} is not a time that a silence can last until: write ${forms}.`);
  }
  if (until <= tick) {
    throw invalid(
      `A silence until ${formatInstant(until)} would be over already: it is ${formatInstant(tick)}.`,
    );
  }
  if (until > plusMs(tick, MAX_AHEAD_MS)) {
    throw invalid(`A silence lasts a year at most, not until ${formatInstant(until)}: silence again then.`);
  }
  return until;
}

function parseReason(text: string): string {
  const reason = text.normalize('NFC').trim();
  const fault = textFault(reason, MAX_REASON_CHARACTERS);
  if (fault === null) return reason;
  throw invalid(
    reason === '' ? 'A silence needs a reason, for whoever wonders: --reason TEXT.' : `The reason ${fault}.`,
  );
}

/** Readable and typed easily: `org-monthly-k3x9p`, `all-7yq2c`. */
function silenceId(budgetId: string | null, random: string, taken: ReadonlySet<string>): string {
  const suffix = random.toLowerCase().replace(/[^a-z0-9]/g, '');
  const id = `${(budgetId ?? 'all').slice(0, MAX_ID_STEM_CHARACTERS)}-${suffix.slice(0, ID_SUFFIX_CHARACTERS)}`;
  if (!taken.has(id)) return id;
  for (let count = 2; ; count += 1) if (!taken.has(`${id}-${count}`)) return `${id}-${count}`;
}

function invalid(message: string): BudgetAlertsError {
  return new BudgetAlertsError('silence-invalid', message);
}
