// The model's own periods: whole UTC days as numbers since 1970, worked out without the code under test.

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

export type ModelRule =
  | { readonly kind: 'daily' | 'weekly' | 'monthly' }
  | { readonly kind: 'rolling'; readonly days: number };

/** Day numbers; `until` is the first day after it. */
export interface Span {
  readonly from: number;
  readonly until: number;
}

/** How long a period that has ended may still be announced. */
const LOOKED_BACK_DAYS = 35;

export function dayNumber(time: number): number {
  return Math.floor(time / DAY);
}

function spanAt(rule: ModelRule, day: number): Span {
  switch (rule.kind) {
    case 'daily':
      return { from: day, until: day + 1 };
    case 'weekly': {
      // The first of January 1970 was a Thursday.
      const monday = day - ((day + 3) % 7);
      return { from: monday, until: monday + 7 };
    }
    case 'monthly': {
      const date = new Date(day * DAY);
      const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
      return { from: dayNumber(Date.UTC(year, month, 1)), until: dayNumber(Date.UTC(year, month + 1, 1)) };
    }
    case 'rolling':
      return { from: day + 1 - rule.days, until: day + 1 };
  }
}

/** The open one, and those that ended in the last 35 days while the budget was what it is now; newest first. */
export function spansLookedAt(rule: ModelRule, tick: number, decidedAt: number): Span[] {
  const spans = [spanAt(rule, dayNumber(tick))];
  if (rule.kind === 'rolling') return spans;
  for (;;) {
    const before = spanAt(rule, (spans.at(-1)?.from ?? 0) - 1);
    const end = before.until * DAY;
    if (end <= tick - LOOKED_BACK_DAYS * DAY || decidedAt >= end) return spans;
    spans.push(before);
  }
}
