// From traffic to leaves: what one source adds to the costs of a day, and to the usage of a part of it.
import { amountOfUnits, ZERO_AMOUNT } from '../../money/amount.ts';
import { type Instant, SECOND_MS } from '../../time/instant.ts';
import { startOfDay, type UtcDay, utcDayOf } from '../../time/utc-day.ts';
import { type AmountForm, billedPrice } from './amount-form.ts';
import { countBefore } from './day-traffic.ts';
import { provisionalFactor } from './lateness.ts';
import type { Leaf } from './leaf.ts';
import { type TrafficSource, trafficOn } from './traffic-source.ts';

/** What the source adds to the costs of `day` by what happened before `visibleUntil`; true only if `final`. */
export function costLeaves(
  seed: number,
  source: TrafficSource,
  day: UtcDay,
  visibleUntil: Instant,
  final: boolean,
  form: AmountForm,
): Leaf[] {
  const traffic = trafficOn(seed, source, day);
  if (traffic === null) return [];
  const { stream, name } = source;
  const second = secondOfDay(day, visibleUntil);
  const factor = final ? 1 : provisionalFactor(seed, name, day);
  return stream.meters.flatMap(({ bill }, index): Leaf[] => {
    if (bill === null) return [];
    const quantity = Math.floor(countBefore(traffic, traffic.totals[index] ?? 0, second) * factor);
    if (quantity === 0) return [];
    return [
      {
        dimensions: { ...stream.dimensions, line_item: bill.lineItem },
        amount: amountOfUnits(billedPrice(bill.listPrice, form) * BigInt(quantity)),
        unit: bill.unit,
        counts: { quantity },
      },
    ];
  });
}

/** What the source did from `from` until `until`, which lie in one UTC day. Nothing if `until` is not later. */
export function usageLeaves(seed: number, source: TrafficSource, from: Instant, until: Instant): Leaf[] {
  const day = utcDayOf(from);
  const traffic = until > from ? trafficOn(seed, source, day) : null;
  if (traffic === null) return [];
  const { stream } = source;
  const counts: Record<string, number> = {};
  stream.meters.forEach(({ name, isLevel = false }, index) => {
    const total = traffic.totals[index] ?? 0;
    const happened =
      countBefore(traffic, total, secondOfDay(day, until)) -
      countBefore(traffic, total, secondOfDay(day, from));
    const count = isLevel ? total : happened;
    if (count > 0) counts[name] = count;
  });
  if (Object.keys(counts).length === 0) return [];
  return [{ dimensions: stream.dimensions, amount: ZERO_AMOUNT, unit: null, counts }];
}

/** 0 before the day, 86,400 at its end and later. */
function secondOfDay(day: UtcDay, instant: Instant): number {
  return Math.min(86_400, Math.max(0, Math.floor((instant - startOfDay(day)) / SECOND_MS)));
}
