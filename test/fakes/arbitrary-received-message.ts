// Any message that may be received: every text is anything and may be endless, and there may be hundreds of alerts.
import fc from 'fast-check';
import type { ReceivedMessage } from '../../lib/notify/received-message.ts';
import { anyText } from './arbitrary-text.ts';

/** Whatever grows when it is escaped, and what cannot be cut anywhere. */
const endless = fc
  .constantFrom('&', '<', '"', '\\', 'x', '😀', '👩‍👩‍👧‍👦', '\u0301', '予', 'a b ', '\n')
  .map((piece) => {
    return piece.repeat(4_000);
  });

const text = fc.oneof({ weight: 6, arbitrary: anyText(4) }, { weight: 1, arbitrary: endless });
const textOrNull = fc.option(text);
const severity = fc.constantFrom('info' as const, 'warning' as const, 'critical' as const);

const contributor = fc.record({ label: text, amount: text, share: textOrNull, change: textOrNull });

const view = fc.record({
  who: text,
  spent: text,
  limit: text,
  left: text,
  percent: textOrNull,
  filled: fc.oneof(fc.nat(), fc.double({ min: 0, noNaN: true, noDefaultInfinity: true })),
  threshold: text,
  budget: text,
  scope: text,
  period: text,
  pace: textOrNull,
  contributors: fc.array(contributor, { maxLength: 12 }),
  data: text,
  advice: text,
  usageUrl: fc.oneof(fc.webUrl(), text, fc.constant(`https://a.example/${'a&'.repeat(2_000)}`)),
  explain: text,
  silence: text,
});

const alert = fc.record({
  id: text,
  budgetId: text,
  reason: fc.constantFrom('first-breach', 'correction', 'something-new'),
  severity,
  late: fc.boolean(),
  period: fc.record({ kind: text, start: text, end: text }),
  title: text,
  text,
  view,
});

/** Few that differ, repeated up to hundreds: more would say nothing more and take long to make. */
const alerts = fc
  .tuple(fc.array(alert, { maxLength: 3 }), fc.oneof(fc.constant(1), fc.nat(200)))
  .map(([some, times]) => Array.from({ length: times }, () => some).flat());

const digest = fc.record({
  period: text,
  total: text,
  change: textOrNull,
  sections: fc.array(
    fc.record({
      heading: text,
      lines: fc
        .tuple(fc.array(fc.record({ label: text, detail: text }), { maxLength: 3 }), fc.nat(60))
        .map(([some, times]) => Array.from({ length: times }, () => some).flat()),
      more: fc.nat(),
    }),
    { maxLength: 60 },
  ),
});

export const anyReceivedMessage: fc.Arbitrary<ReceivedMessage> = fc.record(
  {
    messageId: text,
    title: text,
    text: fc.array(text, { maxLength: 6 }).map((lines) => lines.join('\n')),
    attributes: fc.record(
      {
        kind: fc.constantFrom('alert', 'test', 'operations', 'heartbeat', 'digest', 'something-new'),
        severity,
        budgetId: text,
        projectId: text,
        code: text,
        labels: fc.constant({}),
      },
      { requiredKeys: ['kind', 'severity', 'labels'] },
    ),
    alerts,
    omitted: fc.oneof(fc.constant(0), fc.nat()),
    waiting: fc.nat(),
    summary: text,
    status: text,
    doctor: text,
    digest,
  },
  { requiredKeys: ['messageId', 'title', 'text', 'attributes', 'alerts', 'omitted'] },
);

export const FAMILY = '👩‍👩‍👧‍👦';

/** One text in every place of a view, for what must hold wherever it stands. */
export function viewFullOf(name: string): ReceivedMessage['alerts'][number]['view'] {
  return {
    who: name,
    spent: name,
    limit: name,
    left: name,
    percent: name,
    filled: 50,
    threshold: name,
    budget: name,
    scope: name,
    period: name,
    pace: name,
    contributors: [{ label: name, amount: name, share: name, change: name }],
    data: name,
    advice: name,
    usageUrl: name,
    explain: name,
    silence: name,
  };
}
