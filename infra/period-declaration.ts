// How long a declared budget counts before it begins anew: the types of `period` in the words of the budgets file.

type Weekday = 'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday';

type Month =
  | 'january'
  | 'february'
  | 'march'
  | 'april'
  | 'may'
  | 'june'
  | 'july'
  | 'august'
  | 'september'
  | 'october'
  | 'november'
  | 'december';

/**
 * Weeks are ISO 8601's and years the calendar's unless they start elsewhere. A month that starts on a day which it lacks
 * starts on its last. `rolling` is days with today, such as `7d`; `to` is the first day that does not count.
 */
export type PeriodDeclaration =
  | 'daily'
  | 'weekly'
  | 'monthly'
  | 'quarterly'
  | 'yearly'
  | { readonly weekly: { readonly startDay: Weekday } }
  | { readonly monthly: { readonly startDay: number } }
  | { readonly quarterly: { readonly startMonth: Month } }
  | { readonly yearly: { readonly startMonth: Month } }
  | { readonly rolling: string }
  | { readonly from: string; readonly to: string };
