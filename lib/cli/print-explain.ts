// What `explain` prints for people: one sum in full, or, of a budget with several members, a line for each.
import colors from 'picocolors';
import type { Budget } from '../budget/budget.ts';
import { budgetInPeriod } from '../budget/budget-in-period.ts';
import { formatAmount } from '../money/format-amount.ts';
import { percentOf } from '../money/percent-of.ts';
import { countedDaysText } from '../notify/counted-days.ts';
import { formatQuantity } from '../notify/format-quantity.ts';
import { periodDays, periodName } from '../notify/period-name.ts';
import { ruleName } from '../notify/rule-name.ts';
import type { Explanation } from '../run/explain-budget.ts';
import type { Measure } from '../spend/measure.ts';
import type { Period } from '../time/period.ts';
import { sourceDocument } from './check-document.ts';
import { instantText } from './instant-text.ts';
import { memberText, memberWithIdText } from './member-text.ts';
import { nextText } from './next-text.ts';
import { plainTable } from './plain-table.ts';
import { plainText } from './plain-text.ts';
import { sourceLine } from './print-check.ts';
import { memberSections } from './print-explained-member.ts';
import { limitText, thresholdText } from './threshold-text.ts';

export function explainText(explanation: Explanation): string {
  const { budget, period, source, members } = explanation;
  const [only, ...others] = members;
  return [
    headerLines(explanation).join('\n'),
    [...periodLines(period, budget.measure), sourceLine(sourceDocument(source))].join('\n'),
    ...(only === undefined
      ? [`No ${budget.each ?? 'member'} has spent anything in ${periodName(period)}.`]
      : others.length === 0
        ? memberSections(only, explanation)
        : [memberTable(explanation), `The days of one: --member ID or its name.`]),
  ].join('\n\n');
}

function periodLines(period: Period, measure: Measure): string[] {
  const counted = countedDaysText(period, measure);
  return [
    `${periodName(period)}, ${periodDays(period)}`,
    ...(counted === null ? [] : [`Of it, ${counted}.`]),
  ];
}

function headerLines({ budget, decidedAt, period: open, members, names }: Explanation): string[] {
  const { id, name, measure, period } = budget;
  const { limit } = budgetInPeriod(budget, open);
  const [only, ...others] = members;
  const title = name === null ? id : `${plainText(name)} (${id})`;
  const member = only?.observation.member;
  const one = budget.each === null || member === undefined || others.length > 0 ? null : member;
  return [
    colors.bold(one === null ? title : `${memberWithIdText(one, names)}: ${title}`),
    `${measure.name} of ${scopeText(budget, names)}, ${limitText(formatAmount(limit), measure.unit)} ${ruleName(period)}, ` +
      `in force since ${instantText(decidedAt)}`,
  ];
}

function scopeText({ scope, each, except }: Budget, names: ReadonlyMap<string, string>): string {
  const listed = (members: readonly string[]) => members.map((id) => memberText(id, names)).join(', ');
  const within = Object.values(scope).map(listed).join('; ');
  if (each === null) return within === '' ? 'the whole organization' : within;
  return `each ${each}${except.length === 0 ? '' : ` but ${listed(except)}`}${within === '' ? '' : ` of ${within}`}`;
}

function memberTable({ members, names }: Explanation): string {
  const rows = members.map(({ observation, due, next, silences }) => {
    const { budget, member, spent } = observation;
    const { unit } = budget.measure;
    const percent = percentOf(spent, budget.limit);
    const [silence] = silences;
    return [
      memberText(member, names),
      plainText(member),
      formatQuantity(spent, unit),
      percent === null ? '-' : `${percent.split('.')[0]} %`,
      due === null ? '' : thresholdText(due.label, unit),
      next === null ? 'all said' : nextText(next, unit),
      silence === undefined ? '' : `until ${instantText(silence.until)}`,
    ];
  });
  const columns = [
    { title: 'FOR' },
    { title: 'ID' },
    { title: 'SPENT', align: 'right' },
    { title: '%', align: 'right' },
    { title: 'DUE' },
    { title: 'NEXT' },
    { title: 'SILENCED' },
  ] as const;
  return plainTable(columns, rows);
}
