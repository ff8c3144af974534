// A budget's canonical text: how it is stored, and how it is read back.

import { ascending } from '../lists/ascending.ts';
import { formatAmount } from '../money/format-amount.ts';
import { COST } from '../spend/measure.ts';
import { UTC } from '../time/zone.ts';
import type { Budget, MemberOverride, Scope, Threshold, ThresholdVoice } from './budget.ts';
import { budgetError } from './budget-problem.ts';
import { jsonSourceNode } from './json-source-node.ts';
import { parseBudget } from './parse-budget.ts';
import { type PeriodFields, periodFields } from './period-fields.ts';
import type { Problem } from './problem.ts';
import { areDefaultThresholds } from './resolve-thresholds.ts';
import type { SourceNode } from './source-node.ts';

/** A budget in the words of the budgets file; keys in this order, amounts as texts, defaults left out. */
export interface SpecFields {
  readonly id: string;
  readonly name?: string;
  readonly scope?: Scope;
  readonly measure?: string;
  readonly limit: string | Readonly<Record<string, string>>;
  readonly period: PeriodFields;
  readonly timezone?: string;
  readonly thresholds?: readonly (string | SpecThreshold)[];
  readonly each?: string;
  readonly except?: readonly string[];
  readonly overrides?: Readonly<Record<string, { readonly limit: string }>>;
  readonly labels?: Readonly<Record<string, string>>;
  readonly notify?: readonly string[];
}

interface SpecThreshold extends ThresholdVoice {
  readonly at: string;
}

export type ParsedSpec =
  | { readonly ok: true; readonly budget: Budget }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** No budget that the parser accepts is longer than some 50,000 characters. */
const MAX_SPEC_CHARACTERS = 200_000;

/** Equal budgets have equal texts. */
export function specOfBudget(budget: Budget): string {
  return JSON.stringify(specFields(budget));
}

export function specFields(budget: Budget): SpecFields {
  const { id, name, scope, each, except, overrides, measure, limit, period, thresholds, labels, notify } =
    budget;
  return {
    id,
    ...(name !== null && { name }),
    ...(Object.keys(scope).length > 0 && { scope: sortedByKey(scope) }),
    ...(measure.name !== COST.name && { measure: measure.name }),
    limit: limitFields(budget),
    period: periodFields(period),
    ...(period.zone !== UTC && { timezone: period.zone }),
    ...(!areDefaultThresholds(thresholds, limit) && {
      thresholds: thresholds.map(specThreshold),
    }),
    ...(each !== null && { each }),
    ...(except.length > 0 && { except }),
    ...(overrides.size > 0 && { overrides: overrideFields(overrides) }),
    ...(Object.keys(labels).length > 0 && { labels: sortedByKey(labels) }),
    ...(notify.length > 0 && { notify }),
  };
}

function specThreshold({ label, severity, notify }: Threshold): string | SpecThreshold {
  if (severity === undefined && notify === undefined) return label;
  return {
    at: label,
    ...(severity !== undefined && { severity }),
    ...(notify !== undefined && { notify }),
  };
}

function limitFields({ limit, planned }: Budget): SpecFields['limit'] {
  if (planned.size === 0) return formatAmount(limit);
  const amounts = [...planned].map(([key, amount]) => [key, formatAmount(amount)] as const);
  return { default: formatAmount(limit), ...Object.fromEntries(amounts) };
}

/** `path` says where the text was found, for problems. Warnings were given when the budget was declared. */
export function parseSpec(text: string, path: string): ParsedSpec {
  const node = nodeIn(text);
  if (node === null) {
    const message = 'This stored budget is not a text that was written here: apply the budgets file again.';
    return { ok: false, problems: [budgetError('spec-invalid', { path, line: null }, message)] };
  }
  const { budget, problems } = parseBudget(node, path);
  return budget === null ? { ok: false, problems } : { ok: true, budget };
}

/** `null` if it is no JSON, or none of ours. */
function nodeIn(text: string): SourceNode | null {
  if (text.length > MAX_SPEC_CHARACTERS) return null;
  try {
    return jsonSourceNode(JSON.parse(text));
  } catch {
    return null;
  }
}

function overrideFields(
  overrides: ReadonlyMap<string, MemberOverride>,
): Record<string, { readonly limit: string }> {
  return Object.fromEntries(
    [...overrides]
      .sort(([a], [b]) => ascending(a, b))
      .map(([member, { limit }]) => [member, { limit: formatAmount(limit) }]),
  );
}

function sortedByKey<Value>(record: Readonly<Record<string, Value>>): Record<string, Value> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => ascending(a, b)));
}
