// Period rules: after how long, counted from when and in which zone a budget's spend starts from nothing again.
import type { CalendarDate } from './calendar-date.ts';
import { UTC } from './zone.ts';

/** Kinds that tile the calendar. Each is also the word for its plain form. */
export const PERIOD_KINDS = ['daily', 'weekly', 'monthly', 'quarterly', 'yearly'] as const;
export type CalendarKind = (typeof PERIOD_KINDS)[number];
export type PeriodKind = CalendarKind | 'rolling' | 'fixed';

export const WEEKDAYS = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
] as const;
export type Weekday = (typeof WEEKDAYS)[number];

export const MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
] as const;

export type CalendarRule = (
  | { readonly kind: 'daily' }
  | { readonly kind: 'weekly'; readonly startDay: Weekday }
  /** 1 to 31; the month's last day where it has no such day. */
  | { readonly kind: 'monthly'; readonly startDay: number }
  /** The month, from 1, in which the (fiscal) year begins. */
  | { readonly kind: 'quarterly' | 'yearly'; readonly startMonth: number }
) & { readonly zone: string };

export type PeriodRule =
  | CalendarRule
  /** The last `days` days, today included. */
  | { readonly kind: 'rolling'; readonly days: number; readonly zone: string }
  /** Once; `to` is exclusive. */
  | {
      readonly kind: 'fixed';
      readonly from: CalendarDate;
      readonly to: CalendarDate;
      readonly zone: string;
    };

/** In UTC, weeks from Monday, everything else from the first. */
export function plainRule(kind: CalendarKind): CalendarRule {
  switch (kind) {
    case 'daily':
      return { kind, zone: UTC };
    case 'weekly':
      return { kind, startDay: 'monday', zone: UTC };
    case 'monthly':
      return { kind, startDay: 1, zone: UTC };
    case 'quarterly':
    case 'yearly':
      return { kind, startMonth: 1, zone: UTC };
  }
}

/**
 * Equal rules have equal texts. Part of what alert ids are made of: the text of a rule must never change, and that of a
 * plain one is its word.
 */
export function ruleText(rule: PeriodRule): string {
  return rule.zone === UTC ? unzonedText(rule) : `${unzonedText(rule)}@${rule.zone}`;
}

function unzonedText(rule: PeriodRule): string {
  switch (rule.kind) {
    case 'daily':
      return rule.kind;
    case 'weekly':
      return rule.startDay === 'monday' ? rule.kind : `${rule.kind}:${rule.startDay}`;
    case 'monthly':
      return rule.startDay === 1 ? rule.kind : `${rule.kind}:${rule.startDay}`;
    case 'quarterly':
    case 'yearly':
      return rule.startMonth === 1 ? rule.kind : `${rule.kind}:${rule.startMonth}`;
    case 'rolling':
      return `${rule.kind}:${rule.days}`;
    case 'fixed':
      return `${rule.kind}:${rule.from}:${rule.to}`;
  }
}
