// Messages as a subscriber receives them: one alert at 92 % of $500, changed where a case is about something else.
import type { AlertView } from '../../lib/notify/alert-view.ts';
import type { DigestView } from '../../lib/notify/digest-view.ts';
import { ALERT_SCHEMA } from '../../lib/notify/message-document.ts';
import type { ReceivedAlert, ReceivedMessage } from '../../lib/notify/received-message.ts';

const VIEW: AlertView = {
  who: 'Support chatbot',
  spent: '$460.12',
  limit: '$500',
  left: '$39.88 left',
  percent: '92.0 %',
  filled: 92,
  threshold: '80 % ($400.00) reached',
  budget: 'Chatbot (chatbot)',
  scope: 'project Support chatbot (proj_abc)',
  period: 'November 2026, day 24 of 30 (UTC)',
  pace: null,
  contributors: [],
  data: 'read 24 Nov 10:05 UTC; 23 Nov and later may still grow',
  advice: 'See at OpenAI what it was spent on, and stop what should not run',
  usageUrl: 'https://platform.openai.com/usage',
  explain: 'budget-alerts explain chatbot',
  silence: "budget-alerts silence --budget chatbot --until 2d --reason '…'",
};

const ALERT: ReceivedAlert = {
  id: 'chatbot#2026-11#abcdef#-#500:400',
  budgetId: 'chatbot',
  reason: 'first-breach',
  severity: 'warning',
  late: false,
  period: { kind: 'monthly', start: '2026-11-01T00:00:00Z', end: '2026-12-01T00:00:00Z' },
  title: 'Support chatbot is at 92 % of its $500 budget for November 2026',
  text: 'Support chatbot is at 92 % of its $500 budget for November 2026.\n\nSpent:     $460.12 (92.0 %)',
  view: VIEW,
};

export const DIGEST: DigestView = {
  period: '16 to 22 November 2026 (UTC)',
  total: '$1,234.56',
  change: '+$34.56 against the week before',
  sections: [
    {
      heading: 'Nearest to their limits',
      lines: [
        { label: 'Support chatbot', detail: '$460.12 of $500, 92 %' },
        { label: 'Search', detail: '$80.00 of $200, 40 %' },
      ],
      more: 3,
    },
    { heading: 'New this week', lines: [], more: 0 },
  ],
};

type AlertChange = Partial<Omit<ReceivedAlert, 'view'>> & { readonly view?: Partial<AlertView> };

export function receivedAlertOf(change: AlertChange = {}): ReceivedAlert {
  return { ...ALERT, ...change, view: { ...VIEW, ...change.view } };
}

/** Its title and severity are those of the first alert, as they are when it is sent. */
export function receivedMessageOf(change: Partial<ReceivedMessage> = {}): ReceivedMessage {
  const alerts = change.alerts ?? [ALERT];
  const [worst = ALERT] = alerts;
  const others = alerts.length + (change.omitted ?? 0) - 1;
  return {
    messageId: '0123456789abcdef0123',
    title: others > 0 ? `${worst.title}, and ${others} more` : worst.title,
    text: worst.text,
    attributes: { kind: 'alert', severity: worst.severity, budgetId: worst.budgetId, labels: {} },
    alerts,
    omitted: 0,
    ...change,
  };
}

/** An operations message as `noticeMessage` writes it; `info` is how it says that something is over. */
export function receivedNoticeOf(severity: 'info' | 'warning', title: string, body: string): ReceivedMessage {
  return receivedMessageOf({
    title,
    text: `${title}.\n\n${body}\n\nOrganization: default\nRunbook: SourceStale (docs/runbook.md)`,
    attributes: { kind: 'operations', severity, code: 'SourceStale', labels: {} },
    alerts: [],
  });
}

/** As it comes over the topic. */
export function receivedText(message: ReceivedMessage): string {
  return JSON.stringify({ schema: ALERT_SCHEMA, ...message });
}
