// One message of every kind that people can get, from made-up figures: for previews, test messages and golden files.
import type { Alert } from '../../alert/alert.ts';
import { planNotices } from '../../alert/notice.ts';
import { elementAt } from '../../lists/element-at.ts';
import { DEFAULT_SETTINGS } from '../../spend/settings.ts';
import type { SourceState } from '../../spend/source-state.ts';
import { DAY_MS, plusMs } from '../../time/instant.ts';
import { periodAt } from '../../time/period.ts';
import { plusDays, utcDayOf } from '../../time/utc-day.ts';
import { digestMessage } from '../digest-message.ts';
import type { DigestView } from '../digest-view.ts';
import { type Grouping, messageOfAlerts } from '../group-alerts.ts';
import { heartbeatMessage } from '../heartbeat-message.ts';
import type { Message, TargetFlags } from '../message.ts';
import { noticeMessage } from '../notice-message.ts';
import { sourceCondition } from '../source-condition.ts';
import { testMessage } from '../test-message.ts';
import { SAMPLE_TICK, sampleAlert } from './sample-alert.ts';

export const SAMPLE_KINDS = [
  'first-breach',
  'higher-threshold',
  'limit-changed',
  'silence-expired',
  'late',
  'correction',
  'tokens',
  'zero-limit',
  'storm',
  'source-failing',
  'resolved',
  'heartbeat',
  'digest',
  'test',
] as const;
export type SampleKind = (typeof SAMPLE_KINDS)[number];

export interface SampleContext {
  readonly run: string;
  readonly route: string;
  readonly flags: TargetFlags;
}

const STORM_PROJECTS = 37;
const ORGANIZATION = 'default';

export function sampleMessage(kind: SampleKind, context: SampleContext): Message {
  const { run, route, flags } = context;
  const grouping: Grouping = { run, organization: ORGANIZATION, flags, waiting: new Map() };
  const ofAlert = (change: Partial<Alert>) => messageOfAlerts([sampleAlert(change)], route, grouping);
  switch (kind) {
    case 'first-breach':
      return ofAlert({});
    case 'higher-threshold':
      return ofAlert({
        reason: kind,
        severity: 'critical',
        threshold: '100%',
        thresholdAmount: '500',
        spent: '512.4',
        pace: { perDay: '22.1', byEnd: '663' },
        supersedes: [{ threshold: '90%', amount: '450' }],
      });
    case 'limit-changed':
      return ofAlert({ reason: kind, severity: 'critical', limit: '400', threshold: '100%' });
    case 'silence-expired':
      return ofAlert({ reason: kind });
    case 'late':
      return ofAlert({
        late: true,
        period: periodAt('monthly', plusMs(SAMPLE_TICK, -30 * DAY_MS)),
        pace: null,
      });
    case 'correction':
      return ofAlert({
        id: `${sampleAlert().id}#correction`,
        reason: kind,
        spent: '371.5',
        pace: null,
        contributors: [],
      });
    case 'tokens':
      return ofAlert({
        budgetId: 'chatbot-tokens',
        budgetName: null,
        member: '-',
        measure: 'completions.total_tokens',
        unit: 'tokens',
        limit: '2000000',
        spent: '1843210',
        thresholdAmount: '1600000',
        period: periodAt('daily', SAMPLE_TICK),
        contributors: [{ label: 'gpt-5-mini-2025-08-07', amount: '1403210', previous: '610000' }],
        pace: null,
      });
    case 'zero-limit':
      return ofAlert({
        budgetId: 'sandbox',
        budgetName: 'Sandbox',
        member: '-',
        scope: { project: 'proj_sandbox' },
        names: { proj_sandbox: 'Sandbox' },
        severity: 'critical',
        limit: '0',
        spent: '3.2',
        threshold: '100%',
        thresholdAmount: '0',
        contributors: [{ label: 'gpt-5-2025-08-07, output', amount: '3.2', previous: '0' }],
        pace: null,
      });
    case 'storm':
      return messageOfAlerts(stormAlerts(), route, grouping);
    case 'source-failing':
    case 'resolved':
      return sourceMessage(kind, context);
    case 'heartbeat':
      return heartbeatMessage(12, [], SAMPLE_TICK, { organization: ORGANIZATION, run });
    case 'digest':
      return digestMessage({
        view: SAMPLE_DIGEST,
        isAboutCosts: true,
        organization: ORGANIZATION,
        alarm: '2 of 17 budgets at their limit',
        route,
        tick: SAMPLE_TICK,
        run,
        flags,
      });
    case 'test':
      return testMessage(ofAlert({ reason: 'test' }), 'alerts of budget-alerts reach you');
  }
}

/** The worst first, as messages have them; on day 24, in even steps and at an even pace. */
function stormAlerts(): Alert[] {
  return Array.from({ length: STORM_PROJECTS }, (_, index) => {
    const member = `proj_team${String(index + 1).padStart(2, '0')}`;
    const perDay = 40 - index / 2;
    return sampleAlert({
      member,
      scope: { project: member },
      names: { [member]: `Team ${index + 1}` },
      severity: 'critical',
      spent: `${perDay * 24}`,
      pace: { perDay: `${perDay}`, byEnd: `${perDay * 30}` },
      threshold: '100%',
      thresholdAmount: '500',
      supersedes: [{ threshold: '80%', amount: '400' }],
    });
  });
}

function sourceMessage(kind: 'source-failing' | 'resolved', { run, flags }: SampleContext): Message {
  const since = plusMs(SAMPLE_TICK, -DAY_MS / 24);
  const hint =
    'OpenAI does not accept the admin key (GET /organization/costs, HTTP 401, code invalid_api_key). Make an admin key ' +
    '(sk-admin-…; project keys do not work here) at https://platform.openai.com/settings/organization/admin-keys and put it ' +
    'into the secret openai-budget-alerts/default.';
  const source: SourceState = {
    source: 'costs',
    datasetId: 'costs.1d#project_id,line_item',
    state: 'failing',
    completeThrough: plusDays(utcDayOf(SAMPLE_TICK), -1),
    provisionalFrom: plusDays(utcDayOf(SAMPLE_TICK), -1),
    failing: { since, code: 'openai-key-rejected', failures: 2, hint },
    lastSuccessAt: since,
  };
  const subject = 'source.costs';
  const condition = kind === 'resolved' ? null : sourceCondition(source, SAMPLE_TICK, DEFAULT_SETTINGS);
  const said = { state: 'failing openai-key-rejected', code: 'SourceFailing', at: since } as const;
  const latch = { subject, version: 1, said: kind === 'resolved' ? said : null, claim: null };
  const { notice } = elementAt(
    planNotices([{ subject, condition }], [latch], () => false),
    0,
  );
  return noticeMessage(notice, { organization: ORGANIZATION, run, flags });
}

const SAMPLE_DIGEST: DigestView = {
  period: '23 Nov 2026 (UTC)',
  total: '$212.40 so far',
  change: '+$41.10',
  sections: [
    {
      heading: 'Budgets: 2 at or over their limit, 1 over a threshold, 14 below',
      lines: [
        {
          label: 'Support chatbot',
          detail: '$512.40 of $500, 102 % (every-project, monthly); at this pace $663 by its end',
        },
        { label: 'Sandbox', detail: '$3.20 of $0 (sandbox, monthly)' },
        { label: 'chatbot-tokens', detail: '1.84M tokens of 2M tokens, 92 % (chatbot-tokens, daily)' },
      ],
      more: 0,
    },
    {
      heading: 'What moved most, against the day before',
      lines: [
        { label: 'Support chatbot', detail: '$81.12, +$52.70' },
        { label: 'Nightly evals', detail: '$20.00, -$11.60' },
      ],
      more: 0,
    },
    {
      heading: 'Silenced',
      lines: [{ label: 'load-test', detail: 'until 30 Nov 00:00 UTC (planned)' }],
      more: 0,
    },
    {
      heading: 'Not working',
      lines: [
        {
          label: 'OpenAI costs',
          detail: 'failing since 24 Nov 09:05 UTC: openai-key-rejected; see SourceFailing in the runbook',
        },
      ],
      more: 0,
    },
  ],
};
