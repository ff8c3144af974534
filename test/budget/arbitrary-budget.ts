// Any budget that the parser can produce, for properties.
import fc from 'fast-check';
import type { Budget, Scope, ScopeDimension, Threshold, ThresholdVoice } from '../../lib/budget/budget.ts';
import { dimensionsOfKind } from '../../lib/budget/dimension-of.ts';
import { matcherOf } from '../../lib/budget/scope-match.ts';
import { SEVERITIES } from '../../lib/budget/severity.ts';
import type { Amount } from '../../lib/money/amount.ts';
import { formatAmount } from '../../lib/money/format-amount.ts';
import { MEASURES, type Measure } from '../../lib/spend/measure.ts';
import type { Instant } from '../../lib/time/instant.ts';
import { periodOf } from '../../lib/time/period.ts';
import type { PeriodRule } from '../../lib/time/period-rule.ts';
import { amountOf } from '../fakes/amount-of.ts';
import { arbitraryInstant, arbitraryRule } from '../time/arbitrary-rule.ts';

const word = (maxLength: number) => fc.stringMatching(new RegExp(`^[A-Za-z0-9_-]{1,${maxLength}}$`));

/** Text without blanks at its ends or anything invisible: letters, quotes, YAML's own characters, other scripts, emoji. */
const visibleText = fc
  .array(fc.constantFrom(...'aZ9 :#-{}[]&*!|>%@`"\'\\,?~/=é日ع🚀'), { minLength: 1, maxLength: 60 })
  .map((characters) => characters.join('').trim().normalize('NFC'))
  .filter((text) => text !== '');

const members = (minLength: number) =>
  fc.uniqueArray(visibleText, { minLength, maxLength: 8 }).map((list) => list.sort());

const labels = fc
  .dictionary(
    word(12).map((key) => `l${key}`),
    visibleText,
    { maxKeys: 5 },
  )
  .map((record) => ({ ...record }));

const routes = (minLength: number) => fc.uniqueArray(word(64), { minLength, maxLength: 3 });

const voice: fc.Arbitrary<ThresholdVoice> = fc.record(
  { severity: fc.constantFrom(...SEVERITIES), notify: routes(1) },
  { requiredKeys: [] },
);

const dollars = fc
  .tuple(fc.bigInt(0n, 10n ** 15n - 1n), fc.stringMatching(/^[0-9]{1,12}$/))
  .map(([integer, fraction]) => amountOf(`${integer}.${fraction}`));
const count = fc.bigInt(0n, 10n ** 15n - 1n).map((integer) => amountOf(String(integer)));

/** A percentage with its label, in ten-thousandths of a percent, or an amount. */
const thresholdOf = (limit: Amount, absolute: fc.Arbitrary<Amount>): fc.Arbitrary<Threshold> => {
  const percent = fc.integer({ min: 1, max: 1_000_000_000 }).map((tenThousandths): Threshold => {
    const label = `${formatAmount(amountOf(`${tenThousandths}e-4`))}%`;
    const amount = ((limit * BigInt(tenThousandths)) / 1_000_000n) as Amount;
    return limit === 0n ? { label: '100%', amount: limit } : { label, amount };
  });
  const amounts = absolute
    .filter((amount) => amount > 0n)
    .map((amount): Threshold => ({ label: formatAmount(amount), amount }));
  return fc.tuple(fc.oneof(percent, amounts), voice).map(([threshold, said]) => ({ ...threshold, ...said }));
};

const thresholdsOf = (limit: Amount, absolute: fc.Arbitrary<Amount>): fc.Arbitrary<Threshold[]> =>
  fc
    .uniqueArray(thresholdOf(limit, absolute), {
      minLength: 1,
      maxLength: 20,
      selector: ({ amount }) => amount,
    })
    .map((list) => list.sort((a, b) => (a.amount < b.amount ? -1 : 1)));

const defaultsOf = (limit: Amount): fc.Arbitrary<Threshold[]> => {
  const whole = { label: '100%', amount: limit };
  const most = { label: '80%', amount: ((limit * 4n) / 5n) as Amount };
  return fc.constant(limit === 0n ? [whole] : [most, whole]);
};

const membersOf = (dimension: ScopeDimension) =>
  dimension === 'batch' ? fc.constantFrom(['true'], ['false'], ['false', 'true']) : members(1);

/** Any scope that the measure's endpoint can group by, or a budget for each member of another dimension. */
const extentOf = (measure: Measure): fc.Arbitrary<Pick<Budget, 'scope' | 'each' | 'except'>> => {
  const scopeOf = (dimensions: readonly ScopeDimension[]): fc.Arbitrary<Scope> =>
    fc.record(Object.fromEntries(dimensions.map((dimension) => [dimension, membersOf(dimension)])));
  return fc
    .tuple(
      fc.subarray(dimensionsOfKind(measure.kind, 'scope')),
      fc.option(fc.constantFrom(...dimensionsOfKind(measure.kind, 'each'))),
      members(0),
    )
    .chain(([dimensions, each, except]) =>
      scopeOf(dimensions.filter((dimension) => dimension !== each)).map((scope) => ({
        scope,
        each,
        except: each === null ? [] : except,
      })),
    );
};

/** As the file would say it: percentages of the other limit, amounts as they are, no amount twice, ascending. */
const thresholdsUnder = (other: Amount, thresholds: readonly Threshold[], limit: Amount): Threshold[] => {
  const isDefault =
    thresholds.map(({ label }) => label).join() === (limit === 0n ? '100%' : '80%,100%') &&
    thresholds.every(({ severity, notify }) => severity === undefined && notify === undefined);
  const declared = isDefault ? [{ label: '80%' }, { label: '100%' }] : thresholds;
  const percents = declared.filter(({ label }) => label.endsWith('%'));
  const [first, ...more] = percents;
  const one = [first, ...more].find((threshold) => threshold?.label === '100%') ?? first;
  const ofShare = other === 0n && one !== undefined ? [{ ...one, label: '100%' }] : percents;
  const kept = new Map<Amount, Threshold>();
  for (const threshold of ofShare) {
    const share = BigInt(amountOf(threshold.label.slice(0, -1))) / 10n ** 36n;
    const amount = ((other * share) / 1_000_000n) as Amount;
    kept.set(amount, { ...threshold, amount });
  }
  for (const threshold of declared.filter(({ label }) => !label.endsWith('%'))) {
    const amount = amountOf(threshold.label);
    if (!kept.has(amount)) kept.set(amount, { ...threshold, amount });
  }
  return [...kept.values()].sort((a, b) => (a.amount < b.amount ? -1 : 1));
};

/** A period and what is planned for some of it, if it has names for its parts. */
const periodWithPlan = (absolute: fc.Arbitrary<Amount>): fc.Arbitrary<Pick<Budget, 'period' | 'planned'>> =>
  arbitraryRule.chain((period) => {
    const maxLength = period.kind === 'rolling' || period.kind === 'fixed' ? 0 : 4;
    const entries = fc.array(fc.tuple(arbitraryInstant, absolute), { maxLength });
    return entries.map((list) => ({ period, planned: plannedIn(period, list) }));
  });

function plannedIn(rule: PeriodRule, list: readonly (readonly [Instant, Amount])[]): Map<string, Amount> {
  const entries = list.map(([instant, amount]) => [periodOf(rule, instant)?.key ?? '', amount] as const);
  return new Map([...new Map(entries)].sort(([a], [b]) => (a < b ? -1 : 1)));
}

export const arbitraryBudget: fc.Arbitrary<Budget> = fc
  .constantFrom(...MEASURES.values())
  .chain((measure) => {
    const absolute = measure.unit === 'usd' ? dollars : count;
    return fc.tuple(
      fc.constant(measure),
      fc.constant(absolute),
      fc.oneof(absolute, fc.constant(amountOf('0'))),
    );
  })
  .chain(([measure, absolute, limit]) =>
    fc
      .record({
        id: word(64),
        name: fc.oneof(fc.constant(null), visibleText),
        extent: extentOf(measure),
        own: fc.uniqueArray(
          fc.tuple(
            visibleText.filter((text) => !text.includes('*')),
            absolute,
          ),
          { maxLength: 3, selector: ([member]) => member },
        ),
        when: periodWithPlan(absolute),
        thresholds: fc.oneof(thresholdsOf(limit, absolute), defaultsOf(limit)),
        labels,
        notify: routes(0),
      })
      .map(({ extent: { scope, each, except }, own, when, ...fields }) => ({
        ...fields,
        ...when,
        scope,
        each,
        except,
        overrides: new Map(
          each === null
            ? []
            : own
                .filter(([member]) => !matcherOf(except)(member))
                .sort(([a], [b]) => (a < b ? -1 : 1))
                .map(([member, ownLimit]) => [
                  member,
                  { limit: ownLimit, thresholds: thresholdsUnder(ownLimit, fields.thresholds, limit) },
                ]),
        ),
        measure,
        limit,
      })),
  );
