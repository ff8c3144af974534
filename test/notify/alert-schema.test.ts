// The published JSON Schema: every document follows it, and a field that was lost, renamed or spoiled does not.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import type { Message } from '../../lib/notify/message.ts';
import { messageDocument } from '../../lib/notify/message-document.ts';
import { SAMPLE_KINDS, sampleMessage } from '../../lib/notify/samples/sample-messages.ts';
import { periodAt, periodOf } from '../../lib/time/period.ts';
import { PERIOD_KINDS, type PeriodRule } from '../../lib/time/period-rule.ts';
import { messageOf, stormOf } from '../fakes/message-of.ts';
import { dayOf, instantOf } from '../fakes/time-of.ts';

const ZONED: readonly PeriodRule[] = [
  { kind: 'rolling', days: 7, zone: 'Europe/Berlin' },
  { kind: 'fixed', from: dayOf('2026-11-01'), to: dayOf('2026-12-01'), zone: 'Asia/Kathmandu' },
];

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

const NOW = instantOf('2026-11-20T10:00:00Z');
const schemaText = readFileSync(join(import.meta.dirname, '../../lib/notify/alert-v1.schema.json'), 'utf8');

const validate = new Ajv2020({ allErrors: true }).compile(JSON.parse(schemaText));
/** Readers must accept fields that they do not know; our own documents have none that is not described. */
const validateClosed = new Ajv2020({ allErrors: true }).compile(closed(JSON.parse(schemaText)));

function closed(node: Json): { [key: string]: Json } {
  const entries = Object.entries(node ?? {}).map(([key, value]): [string, Json] => {
    return [key, value instanceof Object && !Array.isArray(value) ? closed(value) : value];
  });
  const isClosable =
    entries.some(([key]) => key === 'required') && entries.some(([key]) => key === 'properties');
  return Object.fromEntries(isClosable ? [...entries, ['additionalProperties', false]] : entries);
}

const plain = (message: Message, listed?: number): Json =>
  JSON.parse(JSON.stringify(messageDocument(message, listed)));

const full = plain(
  messageOf({
    scope: { project: 'proj_a' },
    labels: { team: 'platform', 'cost.center': '42' },
    supersedes: [{ threshold: '50%', amount: '50' }],
    names: { proj_a: 'Search' },
  }),
);

function problems(check: ValidateFunction, document: Json): string[] {
  check(document);
  return (check.errors ?? []).map(({ instancePath, keyword }) => `${instancePath} ${keyword}`);
}

describe('the schema accepts', () => {
  it.each<[string, Json]>([
    ['an alert with everything', full],
    ['an alert with as little as possible', plain(messageOf({}))],
    ['a group of projects', plain(messageOf({ scope: { project: ['proj_a', 'proj_b'] } }))],
    ['an absolute threshold', plain(messageOf({ threshold: '4500.5', thresholdAmount: '4500.5' }))],
    ['tokens', plain(messageOf({ measure: 'completions.total_tokens', unit: 'tokens' }))],
    ['a credit', plain(messageOf({ spent: '-0.000000000000000001' }))],
    ['a limit of nothing', plain(messageOf({ limit: '0', threshold: '100%', thresholdAmount: '0' }))],
    ['a storm', plain(stormOf(40), 25)],
    ['a message without a single alert in it', plain(stormOf(3), 0)],
    [
      'a message about the system',
      plain({
        ...messageOf({}),
        alerts: [],
        attributes: {
          kind: 'operations',
          severity: 'critical',
          organization: 'default',
          code: 'CheckNotRunning',
          labels: {},
        },
      }),
    ],
    ...SAMPLE_KINDS.map((kind): [string, Json] => [
      `a sample of ${kind}`,
      plain(sampleMessage(kind, { run: 'run', route: 'oncall', flags: [] })),
    ]),
    ...PERIOD_KINDS.map((kind): [string, Json] => {
      return [`a ${kind} budget`, plain(messageOf({ period: periodAt(kind, NOW) }))];
    }),
    ...ZONED.map((rule): [string, Json] => {
      return [
        `a ${rule.kind} budget in ${rule.zone}`,
        plain(messageOf({ period: periodOf(rule, NOW) ?? periodAt('monthly', NOW) })),
      ];
    }),
  ])('%s', (_, document) => {
    expect(problems(validateClosed, document)).toEqual([]);
    expect(problems(validate, document)).toEqual([]);
  });

  it('a field that a later version of v1 adds', () => {
    const later = { ...(full as object), forecast: '99' } as Json;
    expect(problems(validate, later)).toEqual([]);
    expect(problems(validateClosed, later)).toEqual([' additionalProperties']);
  });
});

/** Every field of a document by its path: `alerts.0.period.kind`. */
function pathsIn(value: Json, path: readonly string[] = []): (readonly string[])[] {
  if (!(value instanceof Object)) return [path];
  const inner = Object.entries(value).flatMap(([key, child]) => pathsIn(child, [...path, key]));
  return path.length === 0 ? inner : [path, ...inner];
}

function changed(
  value: Json,
  [key, ...rest]: readonly string[],
  change: (holder: Map<string, Json>) => void,
): Json {
  if (!(value instanceof Object) || key === undefined) throw new Error('there is nothing at this path');
  const holder = new Map<string, Json>(Object.entries(value));
  if (rest.length === 0) change(holder);
  else holder.set(key, changed(holder.get(key) ?? null, rest, change));
  return Array.isArray(value) ? [...holder.values()] : Object.fromEntries(holder);
}

/** The keys of labels and scope are the customer's own, and lists have no names. */
const fields = pathsIn(full).filter((path) => {
  const [parent, key] = path.slice(-2);
  return key !== undefined && !['labels', 'scope'].includes(parent ?? '') && !/^\d+$/.test(path.at(-1) ?? '');
});
/** The organization and the advice came to v1 later. */
const OPTIONAL = [
  'attributes.organization',
  'attributes.budgetId',
  'attributes.projectId',
  'attributes.route',
  'alerts.0.view.advice',
];
const NULLABLE = ['alerts.0.view.percent', 'alerts.0.view.pace'];

describe('the schema refuses', () => {
  it('is tried with every field', () => {
    expect(fields.map((path) => path.join('.'))).toEqual(
      expect.arrayContaining(['attributes.severity', 'alerts.0.spent', 'alerts.0.period.start']),
    );
    expect(fields.length).toBeGreaterThan(20);
  });

  it.each(fields.map((path) => path.join('.')))('%s under another name', (name) => {
    const path = name.split('.');
    const key = path.at(-1) ?? '';
    const renamed = changed(full, path, (holder) => {
      holder.set(`${key}2`, holder.get(key) ?? null);
      holder.delete(key);
    });
    expect(problems(validateClosed, renamed)).not.toEqual([]);
    if (!OPTIONAL.includes(name)) expect(problems(validate, renamed)).not.toEqual([]);
  });

  it.each(fields.map((path) => path.join('.')))('null or a number as %s', (name) => {
    const path = name.split('.');
    for (const spoiled of NULLABLE.includes(name) ? [12.5] : [null, 12.5]) {
      const document = changed(full, path, (holder) => holder.set(path.at(-1) ?? '', spoiled));
      expect(problems(validate, document)).not.toEqual([]);
    }
  });

  it.each<[string, string, Json]>([
    ['another schema', 'schema', 'budget-alerts/alert/v2'],
    ['an amount with an exponent', 'alerts.0.spent', '1e3'],
    ['an amount with zeros at its end', 'alerts.0.limit', '100.50'],
    ['an amount with a unit', 'alerts.0.spent', '$85'],
    ['a local time', 'alerts.0.period.start', '2026-11-01T00:00:00'],
    ['a day for an instant', 'alerts.0.period.end', '2026-12-01'],
    ['a severity that nobody knows', 'attributes.severity', 'fatal'],
    ['an empty id', 'alerts.0.id', ''],
    ['a threshold that is no number', 'alerts.0.threshold', 'eighty'],
    ['an empty label', 'attributes.labels.team', ''],
    ['less than nothing omitted', 'omitted', -1],
    ['alerts that are omitted without a word', 'omitted', 3],
    ['a list with one project', 'alerts.0.scope.project', ['proj_a']],
  ])('%s', (_, name, value) => {
    const path = name.split('.');
    const document = changed(full, path, (holder) => holder.set(path.at(-1) ?? '', value));
    expect(problems(validate, document)).not.toEqual([]);
  });

  it('a notice where nothing is omitted', () => {
    expect(problems(validate, { ...(full as object), notice: '3 more' } as Json)).not.toEqual([]);
  });
});
