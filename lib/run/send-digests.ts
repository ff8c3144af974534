// The digest use case, daily or weekly: one summary for each route, skipped where nothing was spent.

import type { Observation } from '../alert/evaluate.ts';
import { paceOf } from '../alert/pace.ts';
import { type Budget, UNATTRIBUTED } from '../budget/budget.ts';
import type { Problem } from '../budget/problem.ts';
import { remembered } from '../budget/remembered.ts';
import { DEFAULT_ROUTE } from '../budget/route.ts';
import { namedMatcherOf } from '../budget/scope-match.ts';
import { activeSilences } from '../budget/silence.ts';
import { BudgetAlertsError } from '../errors.ts';
import { elementAt } from '../lists/element-at.ts';
import { valueAt } from '../lists/value-at.ts';
import { type Amount, addAmounts, subtractAmounts, ZERO_AMOUNT } from '../money/amount.ts';
import { compactQuantity } from '../notify/compact-quantity.ts';
import { digestBudgets } from '../notify/digest-budgets.ts';
import { digestMessage } from '../notify/digest-message.ts';
import {
  type DigestSpend,
  digestMovers,
  type SpentByProject,
  signedDollars,
  sumOf,
} from '../notify/digest-movers.ts';
import { digestTroubles, silenceSection, unreadSection } from '../notify/digest-troubles.ts';
import { isHeard } from '../notify/notifier.ts';
import { shortDay } from '../notify/period-name.ts';
import { dailyTotals, type Series } from '../spend/daily-totals.ts';
import { datasetOf } from '../spend/dataset.ts';
import { COST } from '../spend/measure.ts';
import type { Instant } from '../time/instant.ts';
import { daysFrom, plusDays, type UtcDay, utcDayOf } from '../time/utc-day.ts';
import { UTC } from '../time/zone.ts';
import { daysOfBudget } from './days-of-budget.ts';
import { type Observed, observe } from './observe.ts';
import { NAMED_DIMENSIONS, readNames } from './read-names.ts';
import { routesHeard } from './routes-heard.ts';
import type { RunState } from './run-state.ts';
import { sayOnce } from './say-once.ts';

export interface DigestInput {
  readonly organization: string;
  readonly tick: Instant;
  readonly every: 'daily' | 'weekly';
}

export interface DigestReport {
  /** Routes that were sent one. */
  readonly sent: readonly string[];
  readonly problems: readonly Problem[];
}

export async function sendDigests(input: DigestInput, state: RunState): Promise<DigestReport> {
  const { organization, tick } = input;
  const observed = await observe(input, state);
  const [spend, names] = await Promise.all([
    spendOfWindows(input, state),
    readNames(organization, NAMED_DIMENSIONS, state.names),
  ]);
  const run = state.newRunId();
  const sent: string[] = [];
  const problems: Problem[] = [];
  for (const route of routesWithBudgets(observed, state)) {
    const message = digestOfRoute(route, { input, observed, spend, names, run }, state);
    if (message === null) continue;
    try {
      const notifier = state.routes.notifierOf(route);
      if (!isHeard(await notifier.audience())) continue;
      const once = { organization, memo: `digest.${route}`, day: utcDayOf(tick), run };
      const outcome = await sayOnce(once, observed.ledger.memos, state.ledger, () =>
        notifier.deliver(message),
      );
      if (outcome === 'refused') problems.push(undelivered(route, outcome));
      else if (outcome !== null) sent.push(route);
    } catch (error) {
      // Other routes have theirs all the same.
      if (!(error instanceof BudgetAlertsError)) throw error;
      problems.push(undelivered(route, error.code));
    }
  }
  return { sent, problems };
}

interface DigestContext {
  readonly input: DigestInput;
  readonly observed: Observed;
  readonly spend: WindowSpend;
  readonly names: ReadonlyMap<string, string>;
  readonly run: string;
}

/** `null`: nothing was spent, and nothing is wrong. */
function digestOfRoute(
  route: string,
  { input, observed, spend, names, run }: DigestContext,
  state: RunState,
): ReturnType<typeof digestMessage> | null {
  const { organization, tick, every } = input;
  const { declared, ledger, observations } = observed;
  const own = observations.filter(
    ({ open, present, budget }) => open && present && routesHeard(budget, state.routes).includes(route),
  );
  // By what is declared: a member that has spent nothing yet in a new period is in no observation.
  const projects = route === DEFAULT_ROUTE ? null : projectsOf(budgetsHeardOn(route, observed, state));
  const ofRoute = {
    spent: only(spend.spent, projects),
    before: spend.before && only(spend.before, projects),
  };
  const troubles = digestTroubles(observed.spend.sources, ledger.notices);
  const total = sumOf(ofRoute.spent);
  // Costs are read where some budget is about them: else there is no total, and usage says whether there was anything.
  const isAboutCosts = declared.budgets.some(({ budget }) => budget.measure.kind === 'costs');
  const isQuiet = isAboutCosts ? total === 0n : own.every(({ spent }) => spent === 0n);
  if (isQuiet && troubles.lines.length === 0) return null;

  const daysOf = remembered(
    ({ budget }: Observation) => budget.id,
    (observation) => daysOfBudget(observation, observed.spend, tick),
  );
  const budgets = own.map((observation) => {
    const { budget, member } = observation;
    const pace = budget.measure.isLevel ? null : paceOf(daysOf(observation)(member), observation);
    return { observation, pace };
  });
  const { section, alarm } = digestBudgets(budgets, names);
  const change = ofRoute.before === null ? null : subtractAmounts(total, sumOf(ofRoute.before));
  const sections = [
    section,
    digestMovers(ofRoute, names, every === 'daily' ? 'day' : 'week'),
    silenceSection(activeSilences(declared.silences, tick), names),
    troubles,
    ...(isAboutCosts ? [unreadSection(spend.unreadDays)] : []),
  ];
  const view = {
    period: windowName(windowDays(tick, every)),
    // The last day is yesterday, to which OpenAI may add for as long as today.
    total: isAboutCosts
      ? `${spend.unreadDays.length === 0 ? '' : 'at least '}${compactQuantity(total, 'usd')} so far`
      : 'costs are not read, since no budget is about them',
    change: change === null ? null : signedDollars(change),
    sections: sections.filter(({ lines, heading }) => lines.length > 0 || heading === section.heading),
  };
  return digestMessage({
    view,
    isAboutCosts,
    alarm,
    organization,
    route,
    tick,
    run,
    flags: state.flagsOf(organization),
  });
}

/** Routes on which some budget is heard, and the default one. */
function routesWithBudgets({ declared }: Observed, { routes }: RunState): string[] {
  const heard = declared.budgets.flatMap(({ budget }) => routesHeard(budget, routes));
  return [...new Set([DEFAULT_ROUTE, ...heard])];
}

function budgetsHeardOn(route: string, { declared }: Observed, { routes }: RunState): Budget[] {
  return declared.budgets
    .map(({ budget }) => budget)
    .filter((budget) => routesHeard(budget, routes).includes(route));
}

/** By the name that it has in sums. */
type IsProject = (project: string) => boolean;

/** Those that budgets are scoped to; `null`: every project, since some budget counts them all. */
function projectsOf(budgets: readonly Budget[]): IsProject | null {
  const projects: string[] = [];
  for (const { scope } of budgets) {
    if (scope.project === undefined) return null;
    projects.push(...scope.project);
  }
  return namedMatcherOf(projects);
}

function only(spent: SpentByProject, projects: IsProject | null): SpentByProject {
  return projects === null ? spent : new Map([...spent].filter(([id]) => projects(id)));
}

/** The days that a digest is about: yesterday, or the seven days up to it. */
function windowDays(tick: Instant, every: DigestInput['every']): UtcDay[] {
  const today = utcDayOf(tick);
  return daysFrom(plusDays(today, every === 'daily' ? -1 : -7), today);
}

function windowName(days: readonly UtcDay[]): string {
  const first = elementAt(days, 0);
  const last = elementAt(days, days.length - 1);
  const year = last.slice(0, 4);
  return first === last
    ? `${shortDay(last)} ${year} (UTC)`
    : `${shortDay(first)} to ${shortDay(last)} ${year} (UTC)`;
}

interface WindowSpend extends DigestSpend {
  /** Days of the window that are in no sum. */
  readonly unreadDays: readonly UtcDay[];
}

async function spendOfWindows(
  { organization, tick, every }: DigestInput,
  { spend }: Pick<RunState, 'spend'>,
): Promise<WindowSpend> {
  const days = windowDays(tick, every);
  const first = elementAt(days, 0);
  const before = daysFrom(plusDays(first, -days.length), first);
  const series: Series = { key: COST.name, measure: COST, dimensions: ['project_id'], dayZone: UTC };
  const snapshot = await spend.read(organization, datasetOf('costs'), plusDays(first, -days.length));
  const totals = valueAt(dailyTotals(snapshot, [...before, ...days], [series], tick), series.key);
  const sum = (window: readonly UtcDay[]): SpentByProject => {
    const byProject = new Map<string, Amount>();
    for (const day of window) {
      for (const { members, amount } of totals.get(day)?.groups.values() ?? []) {
        const id = members[0] ?? UNATTRIBUTED;
        byProject.set(id, addAmounts(byProject.get(id) ?? ZERO_AMOUNT, amount));
      }
    }
    return byProject;
  };
  const isComparable = [...before, ...days].every((day) => totals.has(day));
  return {
    spent: sum(days),
    before: isComparable ? sum(before) : null,
    unreadDays: days.filter((day) => !totals.has(day)),
  };
}

function undelivered(route: string, why: string): Problem {
  return {
    code: 'digest-undelivered',
    path: '',
    line: null,
    message: `The digest for the route ${route} was not delivered (${why}). The next one is due as usual; alerts are sent on their own.`,
    severity: 'error',
  };
}
