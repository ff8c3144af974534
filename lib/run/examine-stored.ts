// Examines what is stored: budgets, runs, deliveries, notices and sources, by the conditions that the heartbeat knows.

import type { LedgerSnapshot } from '../alert/alert-ledger.ts';
import type { StoredBudgets } from '../budget/budget-store.ts';
import { datasetsToRead } from '../budget/datasets-to-read.ts';
import { SETTLING_MS } from '../budget/evaluated-periods.ts';
import { checkCondition, deliveryConditions, rejectedCondition } from '../notify/heartbeat-conditions.ts';
import type { Routes } from '../notify/routes.ts';
import { sourceCondition } from '../notify/source-condition.ts';
import { unknownRouteCondition } from '../notify/unknown-route-condition.ts';
import { SPEND_KINDS } from '../spend/catalogue.ts';
import { type SourceState, sourceStateOf } from '../spend/source-state.ts';
import { formatInstant, type Instant, plusMs } from '../time/instant.ts';
import type { Probe } from './examine.ts';
import { conditionFinding, type Finding, finding, fine } from './finding.ts';
import { LEDGER_MS } from './heartbeat.ts';
import { lastCheckOf } from './remember-run.ts';
import type { RunState } from './run-state.ts';

export interface StoredInput {
  readonly organization: string;
  readonly tick: Instant;
  /** Something runs the checks and collects: then their silence is a failure. On a laptop it is only a word. */
  readonly isScheduled: boolean;
}

type StoredPorts = Pick<RunState, 'budgets' | 'spend' | 'ledger' | 'clock'> & {
  readonly routes: Pick<Routes, 'names'>;
};

export function storedProbes(input: StoredInput, state: StoredPorts): Probe[] {
  const { organization, tick } = input;
  return [
    {
      check: 'budgets',
      examine: async () => budgetFindings(await state.budgets.active(organization), state.routes, input),
    },
    {
      check: 'ledger',
      examine: async () =>
        ledgerFindings(
          await state.ledger.read(organization, plusMs(tick, -LEDGER_MS)),
          state.clock.now(),
          input,
        ),
    },
    { check: 'sources', examine: () => sourceFindings(input, state) },
  ];
}

function budgetFindings(
  { budgets, rejected }: StoredBudgets,
  routes: Pick<Routes, 'names'>,
  { isScheduled }: StoredInput,
): Finding[] {
  const count = `${budgets.length} stored ${budgets.length === 1 ? 'budget' : 'budgets'} can be read.`;
  const apply = isScheduled
    ? 'Declare some in a file and store them with `budget-alerts apply FILE --stack …`.'
    : '`budget-alerts check` stores those of the budgets file.';
  const stored =
    budgets.length === 0 && rejected.length === 0
      ? finding('budgets', 'warning', 'No budgets are stored: nothing can be announced.', apply)
      : conditionFinding('budgets', withApply(rejectedCondition(rejected)), 'failed', count);
  const unknown = unknownRouteCondition(budgets, routes);
  return [stored, conditionFinding('routes', unknown, 'failed', 'Every route that a budget names is there.')];
}

/** What is stored was written by people or by another version: to apply it again writes it anew. */
function withApply(condition: ReturnType<typeof rejectedCondition>): ReturnType<typeof rejectedCondition> {
  if (condition === null) return null;
  const fix = 'Apply the budgets file again, with --prune if it does not name them any more.';
  return { ...condition, text: `${condition.text}\n${fix}` };
}

function ledgerFindings(ledger: LedgerSnapshot, now: Instant, input: StoredInput): Finding[] {
  const { tick } = input;
  const [overdue = null, dead = null] = deliveryConditions(ledger.latches, now);
  const recent = ledger.latches.filter(
    ({ key: { periodEnd } }) => periodEnd === null || periodEnd > tick - SETTLING_MS,
  );
  const [, recentlyDead = null] = deliveryConditions(recent, now);
  return [
    checkFinding(lastCheckOf(ledger.memos), input),
    conditionFinding('deliveries', overdue, 'failed', 'No alert waits for its delivery.'),
    // It stays in the ledger for as long as its latch; what is long past calls for no alarm every day.
    conditionFinding(
      'dead-deliveries',
      dead,
      recentlyDead === null ? 'warning' : 'failed',
      'No alert was given up.',
    ),
    ...noticeFindings(ledger),
  ];
}

function checkFinding(lastCheck: Instant | null, { tick, isScheduled }: StoredInput): Finding {
  const condition = checkCondition(lastCheck, tick);
  const said =
    lastCheck === null ? 'No check has run.' : `The last check ran at ${formatInstant(lastCheck)}.`;
  if (isScheduled || condition === null) return conditionFinding('check', condition, 'failed', said);
  return finding('check', 'warning', said, 'Nothing is announced between checks: run `budget-alerts check`.');
}

function noticeFindings({ notices }: LedgerSnapshot): Finding[] {
  const open = notices.flatMap(({ subject, said }) => (said === null ? [] : [{ subject, ...said }]));
  if (open.length === 0) return [fine('notices', 'Operations have nothing open.')];
  return open.map(({ subject, code, at }) =>
    finding(
      `notice.${subject}`,
      'warning',
      `Operations were told of ${code} at ${formatInstant(at)}, and not yet that it is over.`,
      'If nothing else here fails, the next check or heartbeat says that it is over; else begin with what fails.',
    ),
  );
}

async function sourceFindings(input: StoredInput, state: StoredPorts): Promise<Finding[]> {
  const { organization, tick } = input;
  const { budgets, settings } = await state.budgets.active(organization);
  const findings = await Promise.all(
    datasetsToRead(budgets, SPEND_KINDS, tick).map(async (wanted) => {
      const root = await state.spend.root(organization, wanted.dataset);
      const source = sourceStateOf(wanted, root, wanted.days, tick, settings);
      const condition = sourceCondition(source, tick, settings);
      if (condition === null) return [quietSource(source, input)];
      const isFailure = input.isScheduled || source.failing !== null;
      return [conditionFinding(`source.${source.source}`, condition, isFailure ? 'failed' : 'warning', '')];
    }),
  );
  return findings.flat();
}

/** Nothing that operations would be told of; yet who looks should see that it has just failed, or was never read. */
function quietSource(
  { source, failing, lastSuccessAt, completeThrough }: SourceState,
  { isScheduled }: StoredInput,
): Finding {
  const check = `source.${source}`;
  if (failing !== null) {
    const since = formatInstant(failing.since);
    return finding(
      check,
      'warning',
      `Reading ${source} has failed since ${since} (${failing.code}).`,
      failing.hint,
    );
  }
  if (lastSuccessAt === null) {
    const fix = isScheduled
      ? 'The collectors run within the hour; look again then.'
      : '`budget-alerts check` reads it.';
    return finding(check, 'warning', `OpenAI ${source} has not been read yet.`, fix);
  }
  return fine(
    check,
    `OpenAI ${source} was last read at ${formatInstant(lastSuccessAt)}, complete through ${completeThrough ?? 'no day yet'}.`,
  );
}
