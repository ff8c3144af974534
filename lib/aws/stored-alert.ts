// An alert's snapshot as it stands in a claim: what was seen is what is sent, by whichever run.
import * as v from 'valibot';
import type { Alert, AlertReason } from '../alert/alert.ts';
import { DEFAULT_ROUTE } from '../budget/route.ts';
import type { Severity } from '../budget/severity.ts';
import type { Unit } from '../spend/catalogue.ts';
import { formatInstant } from '../time/instant.ts';
import { PERIOD_KINDS } from '../time/period-rule.ts';
import { UTC } from '../time/zone.ts';
import { recordOf, storedAmount, storedDay, storedInstant } from './stored-values.ts';

const texts = recordOf(v.string());

const unit = v.enum({
  usd: 'usd',
  tokens: 'tokens',
  requests: 'requests',
  images: 'images',
  characters: 'characters',
  seconds: 'seconds',
  bytes: 'bytes',
  sessions: 'sessions',
} satisfies { [U in Unit]: U });

const severity = v.enum({ info: 'info', warning: 'warning', critical: 'critical' } satisfies {
  [S in Severity]: S;
});

export const storedReason = v.enum({
  'first-breach': 'first-breach',
  'higher-threshold': 'higher-threshold',
  'limit-changed': 'limit-changed',
  'silence-expired': 'silence-expired',
  correction: 'correction',
  test: 'test',
} satisfies { [R in AlertReason]: R });

export const storedAlert: v.GenericSchema<unknown, Alert> = v.strictObject({
  id: v.string(),
  budgetId: v.string(),
  budgetName: v.nullable(v.string()),
  member: v.string(),
  scope: recordOf(v.union([v.string(), v.array(v.string())])),
  names: texts,
  measure: v.string(),
  unit,
  period: v.strictObject({
    kind: v.picklist([...PERIOD_KINDS, 'rolling', 'fixed']),
    key: v.string(),
    start: storedInstant,
    end: storedInstant,
    zone: v.optional(v.string(), UTC),
  }),
  limit: storedAmount,
  spent: storedAmount,
  threshold: v.string(),
  thresholdAmount: storedAmount,
  supersedes: v.array(v.strictObject({ threshold: v.string(), amount: storedAmount })),
  reason: storedReason,
  severity,
  late: v.boolean(),
  labels: texts,
  asOf: storedInstant,
  completeThrough: v.nullable(storedDay),
  contributors: v.array(
    v.strictObject({
      label: v.string(),
      amount: storedAmount,
      previous: v.optional(v.nullable(storedAmount), null),
    }),
  ),
  // Claims of a version that knew neither stay readable, and are heard where they would have been.
  pace: v.optional(v.nullable(v.strictObject({ perDay: storedAmount, byEnd: storedAmount })), null),
  routes: v.optional(v.array(v.string()), [DEFAULT_ROUTE]),
});

/** What `storedAlert` reads. */
export function alertForJson(alert: Alert) {
  const { kind, key, start, end, zone } = alert.period;
  return {
    ...alert,
    period: {
      kind,
      key,
      start: formatInstant(start),
      end: formatInstant(end),
      ...(zone !== UTC && { zone }),
    },
    asOf: formatInstant(alert.asOf),
  };
}
