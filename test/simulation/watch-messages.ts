// Invariants of what people hear: nothing without a breach, nothing twice but by the two documented windows, one id each.
import type { Alert } from '../../lib/alert/alert.ts';
import { decimalOf, type Nano } from './declared.ts';
import { amountsOf, isReached, spentIn } from './expected-spend.ts';
import type { Acceptance } from './faulty-channel.ts';
import { DAY, dayNumber, HOUR, type Span } from './utc-periods.ts';
import { isSilenced, type World } from './world.ts';

/** One alert in one accepted message. */
interface Said {
  readonly alert: Alert;
  readonly acceptance: Acceptance;
  /** The ledger has recorded that this message brought it. */
  recorded: boolean;
}

export interface WatchedMessages {
  accepted(acceptance: Acceptance): void;
  /** All that was accepted of an alert, oldest first. */
  saidOf(key: string): readonly Said[];
  /** Sends that one of the documented windows explains. */
  duplicates(): number;
}

/** What makes an alert the same for whoever is told: its id must be as unique. */
export function alertKey(
  budgetId: string,
  span: Span | null,
  member: string,
  limit: string,
  threshold: string,
) {
  const when = span === null ? 'rolling' : `until ${span.until}`;
  return `${budgetId} ${when} ${member} ${limit}:${threshold}`;
}

function keyOfAlert({ budgetId, period, member, limit }: Alert, threshold: string): string {
  return alertKey(budgetId, period.kind === 'rolling' ? null : spanOf(period), member, limit, threshold);
}

export function watchMessages(world: World): WatchedMessages {
  const said = new Map<string, Said[]>();
  const idOfKey = new Map<string, string>();
  const keyOfId = new Map<string, string>();
  let duplicates = 0;

  function watch(alert: Alert, acceptance: Acceptance): void {
    const isCorrection = alert.reason === 'correction';
    const key = `${keyOfAlert(alert, alert.thresholdAmount)}${isCorrection ? ' corrected' : ''}`;
    watchId(alert, key);
    const before = said.get(key) ?? [];
    said.set(key, before);
    const last = before.at(-1);
    if (last !== undefined) watchDuplicate(alert, acceptance, last);
    before.push({ alert, acceptance, recorded: false });
    for (const lower of alert.supersedes) {
      const lowerKey = `${keyOfAlert(alert, lower.amount)}${isCorrection ? ' corrected' : ''}`;
      const spokenFor = said.get(`${lowerKey} spoken for`) ?? [];
      said.set(`${lowerKey} spoken for`, spokenFor);
      spokenFor.push({ alert, acceptance, recorded: false });
    }
    if (last === undefined) watchReason(alert, key);
  }

  function watchId({ id, period, reason }: Alert, key: string): void {
    // A rolling budget's id names the day on which its window was looked at.
    const thing = period.kind === 'rolling' ? `${key} ${period.key}` : key;
    const known = idOfKey.get(thing);
    if (known !== undefined && known !== id)
      world.violate('one alert has one id', `${key}: ${known} and ${id}`);
    const other = keyOfId.get(id);
    if (other !== undefined && other !== thing)
      world.violate('one id is of one alert', `${id}: ${other}, ${thing}`);
    idOfKey.set(thing, id);
    keyOfId.set(id, thing);
    if (id.endsWith('#correction') !== (reason === 'correction')) world.violate('one alert has one id', id);
  }

  function watchDuplicate(alert: Alert, { program, at }: Acceptance, last: Said): void {
    const { program: sender, told } = last.acceptance;
    if (last.recorded && alert.period.kind === 'rolling' && wasLowSince(alert, last, at)) return;
    duplicates += 1;
    const twice = `${alert.id} by ${sender.name} and by ${program.name}`;
    if (last.recorded) world.violate('nothing recorded is said again', twice);
    else if (sender === program) world.violate('a run says a thing once', twice);
    else if (sender.state === 'running') world.violate('nobody says what another run is saying', twice);
    else if (told !== 'unknown' && sender.state !== 'died' && sender.faults === 0) {
      world.violate('nothing is said twice without a reason', twice);
    }
  }

  /** Of a rolling budget, a window that ended in between was far enough below the threshold in some state of the data. */
  function wasLowSince(alert: Alert, last: Said, at: number): boolean {
    const budget = world.everDeclared.get(alert.budgetId)?.at(-1);
    if (budget === undefined || budget.period.kind !== 'rolling') return false;
    const [threshold, limit] = [nanoOf(alert.thresholdAmount), nanoOf(alert.limit)];
    for (let day = dayNumber(last.alert.asOf) + 1; day <= dayNumber(at); day += 1) {
      const span = { from: day - budget.period.days, until: day };
      const low = world.known[budget.measure].states.some((state) => {
        const spent = spentIn(state, budget, span, at).get(alert.member) ?? 0;
        return limit === 0 ? spent <= 0 : (threshold - spent) * 100 > limit;
      });
      if (low) return true;
    }
    return false;
  }

  function watchReason(alert: Alert, key: string): void {
    const { budgetId, limit, thresholdAmount: threshold, asOf, member, reason } = alert;
    const versions = world.everDeclared.get(budgetId) ?? [];
    const newest = versions.at(-1);
    const isDeclared = versions.some(
      (budget) => decimalOf(budget.limit) === limit && amountsOf(budget).map(decimalOf).includes(threshold),
    );
    if (newest === undefined || (!isDeclared && reason !== 'correction')) {
      world.violate('nothing is said without a budget', alert.id);
      return;
    }
    const isSum = world.known[newest.measure].states.some(
      (state) =>
        decimalOf(spentIn(state, newest, spanOf(alert.period), asOf).get(member) ?? 0) === alert.spent,
    );
    if (!isSum) world.violate('an alert says what was read', `${alert.id} says ${alert.spent}`);
    const [spent, amount] = [nanoOf(alert.spent), nanoOf(threshold)];
    if (reason === 'correction') {
      const plain = key.replace(' corrected', '');
      const wasSaid = said.has(plain) || said.has(`${plain} spoken for`);
      if (!wasSaid) world.violate('only what was said is taken back', alert.id);
      if (isReached(spent, amount)) world.violate('nothing that holds is taken back', alert.id);
    } else if (!isReached(spent, amount)) {
      world.violate('nothing is said without a breach', `${alert.id} at ${alert.spent}`);
    }
    // Whoever silences at an hour may see what was claimed before be sent after it.
    const silencedBefore = [...world.silences.values()].every(({ storedAt }) => storedAt < asOf - HOUR);
    if (silencedBefore && isSilenced(world, budgetId, member, asOf)) {
      world.violate('nothing silenced is said', alert.id);
    }
  }

  return {
    accepted(acceptance) {
      world.acceptances.push(acceptance);
      for (const alert of acceptance.message.alerts) watch(alert, acceptance);
    },
    saidOf: (key) => [...(said.get(key) ?? []), ...(said.get(`${key} spoken for`) ?? [])],
    duplicates: () => duplicates,
  };
}

function spanOf({ start, end }: Alert['period']): Span {
  return { from: start / DAY, until: end / DAY };
}

/** Of a decimal that these worlds can hold: nine places at most. */
function nanoOf(decimal: string): Nano {
  const [whole = '', fraction = ''] = decimal.split('.');
  return Number(whole) * 1e9 + Math.sign(Number(whole) || 1) * Number(fraction.padEnd(9, '0'));
}
