// `budget-alerts silence`: for a while, and for a reason, nothing is said about a budget, a project, or anything.

import { activeSilences } from '../budget/silence.ts';
import { type AddedSilence, addSilence } from '../run/add-silence.ts';
import { NAMED_DIMENSIONS, readNames } from '../run/read-names.ts';
import { cleanName } from '../spend/clean-name.ts';
import type { Instant } from '../time/instant.ts';
import { instantText, spanText } from './instant-text.ts';
import { memberWithIdText } from './member-text.ts';
import type { Target } from './open-target.ts';
import { plainText } from './plain-text.ts';
import { silenceTable } from './print-silences.ts';
import { targetFlags } from './target-flags.ts';
import type { TargetOptions } from './target-options.ts';
import type { Terminal } from './terminal.ts';
import { withStoredState } from './with-stored-state.ts';

export interface SilenceOptions extends TargetOptions {
  readonly tick: Instant;
  /** Only show what is silenced. */
  readonly list: boolean;
  /** `null`: every budget. */
  readonly budget: string | null;
  readonly member: string | null;
  readonly until: string | null;
  readonly reason: string | null;
}

/** 0: it is silenced (or was listed); 1: it is not. */
export function silenceCommand(options: SilenceOptions, terminal: Terminal): Promise<number> {
  return withStoredState(options, terminal, (target) =>
    options.list ? listSilences(options, target, terminal) : silence(options, target, terminal),
  );
}

async function silence(
  options: SilenceOptions,
  { organization, state }: Target,
  terminal: Terminal,
): Promise<number> {
  const { tick, budget, member, until, reason } = options;
  if (until === null || reason === null) {
    terminal.error('A silence has an end and a reason: --until ISO-OR-DURATION --reason TEXT.');
    return 1;
  }
  const wanted = { budget, member, until, reason, by: callerOf(terminal) };
  const added = await addSilence(wanted, { organization, tick }, state);
  for (const line of addedLines(added, tick)) terminal.out(line);
  terminal.out(`Undo: budget-alerts unsilence ${added.silence.id}${targetFlags(options)}`);
  return 0;
}

async function listSilences(
  { tick }: SilenceOptions,
  { organization, state }: Target,
  terminal: Terminal,
): Promise<number> {
  const silences = activeSilences((await state.budgets.active(organization)).silences, tick);
  const names = await readNames(organization, NAMED_DIMENSIONS, state.names);
  terminal.out(silences.length === 0 ? 'Nothing is silenced.' : silenceTable(silences, names, tick));
  return 0;
}

function addedLines(
  { silence: { id, budgetId, until, reason }, member, names }: AddedSilence,
  tick: Instant,
): string[] {
  const budget = budgetId ?? 'every budget';
  const over =
    member === null ? (budgetId ?? 'everything') : `${memberWithIdText(member.member, names)} of ${budget}`;
  return [
    `Silenced ${over} until ${instantText(until)} (${spanText(until - tick)}): ${plainText(reason)}`,
    ...(member === null || member.isKnown || names.size === 0 ? [] : [unknownMember(member)]),
    'What is reached meanwhile is recorded, and announced once when the silence ends if it is still true.',
    `Silence: ${id}`,
  ];
}

function unknownMember({ member, near }: { readonly member: string; readonly near: string | null }): string {
  const advice = near === null ? '' : ` Did you mean ${plainText(near)}?`;
  return `No project is known by ${plainText(member)}: this counts only once a project with exactly this id spends.${advice}`;
}

/** A courtesy to whoever wonders; nothing is decided by it. */
function callerOf({ environment }: Terminal): string {
  return cleanName(environment.USER ?? environment.USERNAME ?? '') || 'unknown';
}
