// The JSON Schema of the budgets file, made from the same tables as the parser: what editors complete and underline.

import { SPEND_KINDS, type SpendKind } from '../spend/catalogue.ts';
import { COST, MEASURES, measuresOfKind } from '../spend/measure.ts';
import { SETTING_RANGES } from '../spend/settings.ts';
import { MONTHS, PERIOD_KINDS, WEEKDAYS } from '../time/period-rule.ts';
import type { ScopeDimension } from './budget.ts';
import { dimensionsOfKind, SPLITTABLE } from './dimension-of.ts';
import { MAX_BUDGETS } from './parse-budgets.ts';
import { MAX_LABEL_CHARACTERS, MAX_LABELS, RESERVED_LABELS } from './parse-labels.ts';
import { MAX_PLANNED } from './parse-limit.ts';
import { MAX_MEMBER_CHARACTERS, MAX_MEMBERS } from './parse-members.ts';
import { MAX_ROUTES } from './parse-notify.ts';
import { MAX_OVERRIDES } from './parse-overrides.ts';
import { MIN_ROLLING_DAYS } from './parse-rolling-period.ts';
import { MAX_THRESHOLDS } from './parse-thresholds.ts';
import { MAX_PERIOD_DAYS } from './period-length.ts';
import { SEVERITIES } from './severity.ts';

type Schema = Readonly<Record<string, unknown>>;

/** Letters, digits and whatever else people can see, two joiners that scripts need among it. */
const VISIBLE = '(?:[\\u200c\\u200d]|[^\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}])';
const NAME = '[A-Za-z0-9_-]{1,64}';

/** In quotes only in this form: at most 12 decimals, below 10^15. */
const DECIMAL = '(?:0|[1-9]\\d{0,14})(?:\\.\\d{1,12})?$';
const WHOLE = '(?:0|[1-9]\\d{0,14})(?:\\.0{1,12})?$';
const PERCENT = '^(?=\\d{1,6}[.%])(?=[\\d.]*[1-9])0*(?:\\d{1,5}(?:\\.\\d{1,4})?|100000(?:\\.0{1,4})?)%$';
const MONTH = '(?:0[1-9]|1[0-2])';
const DAY = '(?:0[1-9]|[12]\\d|3[01])';
/** A plain key of that name would make the object look like a promise. */
const THEN = 'then';

interface AmountForm {
  readonly type: 'number' | 'integer';
  readonly pattern: string;
}

const DOLLARS: AmountForm = { type: 'number', pattern: DECIMAL };
const COUNTS: AmountForm = { type: 'integer', pattern: WHOLE };

function amountFrom0({ type, pattern }: AmountForm): Schema {
  return {
    anyOf: [
      { type, minimum: 0, exclusiveMaximum: 1e15 },
      { type: 'string', pattern: `^${pattern}` },
    ],
  };
}

function amountAbove0({ type, pattern }: AmountForm): Schema {
  return {
    anyOf: [
      { type, exclusiveMinimum: 0, exclusiveMaximum: 1e15 },
      { type: 'string', pattern: `^(?=[\\d.]*[1-9])${pattern}` },
    ],
  };
}

/** Without a blank at either end. */
function visibleText(maxLength: number): Schema {
  return { type: 'string', maxLength, pattern: `^(?!\\s)${VISIBLE}+(?<!\\s)$` };
}

function oneOrMore(item: Schema, minItems: number, maxItems: number): Schema {
  return { anyOf: [item, { type: 'array', items: item, minItems, maxItems, uniqueItems: true }] };
}

/** A part that stands in one place and is used in many. */
function ref(name: string): Schema {
  return { $ref: `#/$defs/${name}` };
}

const member = ref('member');
const notify = ref('notify');

/** YAML's `true` and the text are the same to the parser, so a list may not hold both. */
const batch: Schema = {
  anyOf: [
    { enum: [true, false, 'true', 'false', 'unattributed'] },
    {
      type: 'array',
      items: { enum: [true, false, 'true', 'false', 'unattributed'] },
      minItems: 1,
      maxItems: 3,
      uniqueItems: true,
      allOf: [true, false].map((value) => ({
        not: { allOf: [{ contains: { const: value } }, { contains: { const: String(value) } }] },
      })),
    },
  ],
};

function scopeOf(dimensions: readonly ScopeDimension[]): Schema {
  return {
    type: 'object',
    properties: Object.fromEntries(
      dimensions.map((dimension) => [dimension, ref(dimension === 'batch' ? 'batch' : 'members')]),
    ),
    additionalProperties: false,
  };
}

function thresholdOf(form: AmountForm): Schema {
  const at: Schema = { anyOf: [amountAbove0(form), { type: 'string', pattern: PERCENT }] };
  const entry: Schema = {
    type: 'object',
    properties: { at, severity: { enum: SEVERITIES }, notify },
    required: ['at'],
    additionalProperties: false,
  };
  return { anyOf: [at, entry] };
}

/** Which periods there are to plan for depends on the budget's own: that the parser alone can tell. */
function plannedOf(limit: Schema): Schema {
  return {
    type: 'object',
    properties: { default: limit },
    propertyNames: { pattern: `^(?:default|\\d{4}(?:-(?:${MONTH}(?:-${DAY})?|W\\d{2}|Q[1-4]))?)$` },
    additionalProperties: limit,
    required: ['default'],
    maxProperties: MAX_PLANNED,
  };
}

/** What depends on the unit. */
function amounts(form: AmountForm): Schema {
  const limit = amountFrom0(form);
  return {
    properties: {
      limit: { anyOf: [limit, plannedOf(limit)] },
      thresholds: { type: 'array', items: thresholdOf(form), minItems: 1, maxItems: MAX_THRESHOLDS },
      overrides: {
        type: 'object',
        propertyNames: { allOf: [member, { not: { pattern: '\\*' } }] },
        additionalProperties: {
          type: 'object',
          properties: { limit },
          required: ['limit'],
          additionalProperties: false,
        },
        maxProperties: MAX_OVERRIDES,
      },
    },
  };
}

/** What the measures of a kind can be looked at by. */
function rulesOfKind(kind: SpendKind): Schema {
  const names = measuresOfKind(kind);
  const measures = { properties: { measure: { enum: names.map(({ name }) => name) } } };
  const isDefault = names.some(({ name }) => name === COST.name);
  return {
    if: isDefault ? measures : { ...measures, required: ['measure'] },
    [THEN]: {
      allOf: [
        ref(names.some(({ unit }) => unit === 'usd') ? 'dollars' : 'wholeNumbers'),
        {
          properties: {
            scope: scopeOf(dimensionsOfKind(kind, 'scope')),
            each: { enum: dimensionsOfKind(kind, 'each') },
          },
        },
      ],
    },
  };
}

/** `scope` cannot name members of the dimension that `each` splits by. */
const eachWithoutScope: readonly Schema[] = SPLITTABLE.map((dimension) => ({
  not: {
    required: ['each', 'scope'],
    properties: { each: { const: dimension }, scope: { type: 'object', required: [dimension] } },
  },
}));

const budget: Schema = {
  type: 'object',
  properties: {
    id: { description: 'Stays the same for ever.', type: 'string', pattern: `^${NAME}$` },
    name: {
      description: 'Shown to people.',
      type: 'string',
      pattern: `^\\s*(?=\\S)${VISIBLE}{1,120}\\s*$`,
    },
    scope: {
      description: 'Which part of the spend; without it the whole organization. * stands for any characters.',
      type: 'object',
    },
    measure: { description: 'What is counted; cost if absent.', enum: [...MEASURES.keys()] },
    limit: { description: "In the measure's unit; dollars for cost." },
    period: { description: 'In UTC, unless `timezone` says otherwise.', ...ref('period') },
    timezone: {
      description: 'An IANA name, like Europe/Berlin.',
      type: 'string',
      pattern: '^[A-Za-z0-9_+-]+(?:/[A-Za-z0-9_+-]+)*$',
    },
    thresholds: {
      description: 'Percentages of the limit, or amounts; [80%, 100%] if absent.',
      type: 'array',
    },
    each: { description: 'One budget for every member of a dimension.', enum: SPLITTABLE },
    except: { description: 'Members that each leaves out.', ...oneOrMore(member, 0, MAX_MEMBERS) },
    overrides: { description: 'Members that have a limit of their own.', type: 'object' },
    labels: {
      description: 'Copied into message attributes, for filter policies.',
      type: 'object',
      propertyNames: {
        pattern: '^(?=.{1,64}$)[A-Za-z0-9_-]+(?:\\.[A-Za-z0-9_-]+)*$',
        not: {
          anyOf: [
            { enum: [...RESERVED_LABELS] },
            { pattern: '^(?:[aA][wW][sS]|[aA][mM][aA][zZ][oO][nN])\\.' },
          ],
        },
      },
      additionalProperties: visibleText(MAX_LABEL_CHARACTERS),
      maxProperties: MAX_LABELS,
    },
    notify: { description: 'Routes on which it is heard.', ...notify },
  },
  required: ['id', 'limit', 'period'],
  dependentRequired: { except: ['each'], overrides: ['each'] },
  additionalProperties: false,
  allOf: [...SPEND_KINDS.map(rulesOfKind), ...eachWithoutScope],
};

/** A map with one key, which holds a map with one key. */
function startingAt(kind: string, key: string, start: Schema): Schema {
  const of = { type: 'object', properties: { [key]: start }, required: [key], additionalProperties: false };
  return { type: 'object', properties: { [kind]: of }, required: [kind], additionalProperties: false };
}

const dayOfMonth: Schema = {
  anyOf: [
    { type: 'integer', minimum: 1, maximum: 31 },
    { type: 'string', pattern: '^(?:[1-9]|[12]\\d|3[01])$' },
  ],
};
const date: Schema = { type: 'string', pattern: `^\\d{4}-${MONTH}-${DAY}$` };
const rollingDays = Array.from(
  { length: MAX_PERIOD_DAYS - MIN_ROLLING_DAYS + 1 },
  (_, index) => MIN_ROLLING_DAYS + index,
);

/** That `to` is after `from`, and not too long after it, the parser alone can tell. */
const PERIOD: Schema = {
  anyOf: [
    { enum: PERIOD_KINDS },
    startingAt('weekly', 'startDay', { enum: WEEKDAYS }),
    startingAt('monthly', 'startDay', dayOfMonth),
    startingAt('quarterly', 'startMonth', { enum: MONTHS }),
    startingAt('yearly', 'startMonth', { enum: MONTHS }),
    {
      type: 'object',
      properties: { rolling: { type: 'string', pattern: `^(?=\\d{1,5}d$)0*(?:${rollingDays.join('|')})d$` } },
      required: ['rolling'],
      additionalProperties: false,
    },
    {
      type: 'object',
      properties: { from: date, to: date },
      required: ['from', 'to'],
      additionalProperties: false,
    },
  ],
};

function settingOf([least, most]: readonly [number, number]): Schema {
  const texts = Array.from({ length: most - least + 1 }, (_, index) => String(least + index));
  return {
    anyOf: [
      { type: 'integer', minimum: least, maximum: most },
      { type: 'string', pattern: `^(?=\\d{1,4}$)0*(?:${texts.join('|')})$` },
    ],
  };
}

/** What it cannot say, the parser alone refuses: an id that two budgets have, an override for a member in `except`. */
export const BUDGETS_SCHEMA: Schema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'urn:budget-alerts:budgets',
  title: 'Budgets for OpenAI spend and tokens',
  type: 'object',
  properties: {
    budgets: { type: 'array', items: budget, maxItems: MAX_BUDGETS },
    settings: {
      type: 'object',
      properties: Object.fromEntries(
        Object.entries(SETTING_RANGES).map(([name, range]) => [name, settingOf(range)]),
      ),
      additionalProperties: false,
    },
  },
  required: ['budgets'],
  additionalProperties: false,
  $defs: {
    member: visibleText(MAX_MEMBER_CHARACTERS),
    members: oneOrMore(member, 1, MAX_MEMBERS),
    batch,
    notify: oneOrMore({ type: 'string', pattern: `^${NAME}$` }, 1, MAX_ROUTES),
    period: PERIOD,
    dollars: amounts(DOLLARS),
    wholeNumbers: amounts(COUNTS),
  },
};
