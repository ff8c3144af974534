// Reads one budget, declared or stored: the same code, so that what was accepted once stays readable.
import type { Budget } from './budget.ts';
import { budgetError, hasError } from './budget-problem.ts';
import { described, placeOf } from './field.ts';
import { type Fields, fieldsOf, type Vocabulary } from './fields-of.ts';
import { parseEach, parseExcept } from './parse-each.ts';
import { parseId } from './parse-id.ts';
import { parseLabels } from './parse-labels.ts';
import { parseLimit } from './parse-limit.ts';
import { parseMeasure } from './parse-measure.ts';
import { parseName } from './parse-name.ts';
import { parseNotify } from './parse-notify.ts';
import { parseOverrides } from './parse-overrides.ts';
import { parsePeriod } from './parse-period.ts';
import { parseScope } from './parse-scope.ts';
import { parseThresholds } from './parse-thresholds.ts';
import { parseTimezone } from './parse-timezone.ts';
import { pathOfKey } from './path-of.ts';
import type { Problem } from './problem.ts';
import { defaultThresholds } from './resolve-thresholds.ts';
import type { SourceNode } from './source-node.ts';

export interface ParsedBudget {
  /** `null` if any of `problems` is an error. */
  readonly budget: Budget | null;
  readonly problems: readonly Problem[];
}

const SCOPE_BY_PROJECT = 'scope: { project: proj_abc }';

const VOCABULARY: Vocabulary = {
  owner: 'a budget',
  keys: [
    'id',
    'name',
    'scope',
    'measure',
    'limit',
    'period',
    'timezone',
    'thresholds',
    'each',
    'except',
    'overrides',
    'labels',
    'notify',
  ],
  synonyms: new Map([
    ...['project', 'projects', 'project_id', 'project_ids'].map((word) => [word, SCOPE_BY_PROJECT] as const),
    ...['amount', 'budget', 'max', 'maximum'].map((word) => [word, 'limit'] as const),
    ...['alerts', 'alert_at', 'warn_at'].map((word) => [word, 'thresholds'] as const),
    ...['exclude', 'excludes', 'ignore'].map((word) => [word, 'except'] as const),
    ...['per', 'for_each', 'group_by'].map((word) => [word, 'each'] as const),
    ...['tags', 'attributes'].map((word) => [word, 'labels'] as const),
    ...['title', 'description'].map((word) => [word, 'name'] as const),
    ...['interval', 'window', 'cycle'].map((word) => [word, 'period'] as const),
    ...['tz', 'zone', 'time_zone'].map((word) => [word, 'timezone'] as const),
    ...['route', 'routes', 'channel', 'channels', 'email', 'slack'].map((word) => [word, 'notify'] as const),
    ['metric', 'measure'],
    ['exceptions', 'overrides'],
    ['override', 'overrides'],
  ]),
};

const REQUIRED = {
  id: 'A budget needs an id that stays the same, like id: org-monthly.',
  limit: 'A budget needs a limit in the unit of its measure (dollars for cost), like limit: 5000.',
  period: 'A budget needs a period, like period: monthly.',
} as const;

/** All problems at once. `path` is where the budget stands: `budgets[2]`. */
export function parseBudget(node: SourceNode, path: string): ParsedBudget {
  const problems: Problem[] = [];
  if (node.type !== 'map') {
    const message = `A budget is a map with id, limit and period, not ${described(node)}.`;
    return { budget: null, problems: [budgetError('wrong-type', placeOf({ node, path }), message)] };
  }
  const fields = fieldsOf(node, path, VOCABULARY, problems);
  const { present } = fields;
  reportMissing(fields, path, node.line, problems);

  const id = optional(present.get('id'), (field) => parseId(field, problems));
  const name = optional(present.get('name'), (field) => parseName(field, problems));
  const measure = parseMeasure(present.get('measure'), problems);
  const scope = optional(present.get('scope'), (field) => parseScope(field, measure, problems));
  const each = optional(present.get('each'), (field) => parseEach(field, scope, measure, problems));
  const eachIsDeclared = present.has('each') || fields.misspelt.has('each');
  const except =
    optional(present.get('except'), (field) =>
      parseExcept(field, eachIsDeclared ? each : undefined, problems),
    ) ?? [];
  const unit = measure?.unit ?? null;
  const zone = parseTimezone(present.get('timezone'), problems);
  const period = optional(present.get('period'), (field) => parsePeriod(field, zone, problems));
  const declared = optional(present.get('limit'), (field) => parseLimit(field, unit, period, problems));
  const limit = declared?.limit ?? null;
  const thresholds = optional(present.get('thresholds'), (field) =>
    parseThresholds(field, limit, unit, problems),
  );
  const resolved = limit === null ? null : { limit, thresholds: thresholds ?? defaultThresholds(limit) };
  // From the resolved ones, as they are stored: what is declared and what is read back must decide alike.
  const overrides = optional(present.get('overrides'), (field) =>
    parseOverrides(field, { eachIsDeclared, except, unit, own: resolved }, problems),
  );
  const labels = optional(present.get('labels'), (field) => parseLabels(field, problems));
  const notify = optional(present.get('notify'), (field) => parseNotify(field, problems));

  if (hasError(problems) || id === null || measure === null || declared === null || period === null) {
    return { budget: null, problems };
  }
  const budget: Budget = {
    id,
    name,
    scope: scope ?? {},
    each,
    except,
    overrides: overrides ?? new Map(),
    measure,
    limit: declared.limit,
    planned: declared.planned,
    period,
    thresholds: thresholds ?? defaultThresholds(declared.limit),
    labels: labels ?? {},
    notify: notify ?? [],
  };
  return { budget, problems };
}

function optional<In, Out>(value: In | undefined, parse: (value: In) => Out | null): Out | null {
  return value === undefined ? null : parse(value);
}

function reportMissing(
  { present, misspelt }: Fields,
  path: string,
  line: number | null,
  problems: Problem[],
): void {
  for (const [key, message] of Object.entries(REQUIRED)) {
    if (present.has(key) || misspelt.has(key)) continue;
    problems.push(budgetError('missing-key', { path: pathOfKey(path, key), line }, message));
  }
}
