// What every chat must say of a message that it has received: how it is meant, all that is known, and what to do.
import { describe, expect, it } from 'vitest';
import type { ReceivedMessage } from '../../lib/notify/received-message.ts';
import {
  DIGEST,
  receivedAlertOf,
  receivedMessageOf,
  receivedNoticeOf,
} from '../fakes/received-message-of.ts';
import type { ChannelUnderTest } from './channel.contract.ts';

const CONTRIBUTORS = [
  { label: 'gpt-5, output', amount: '$281.40', share: '61 %', change: '+$212.20' },
  { label: 'web search', amount: '$41.70', share: '9 %', change: null },
];
const PACE = '$20 a day; at this pace $594 by 30 Nov';

export function chatContract(name: string, { show }: ChannelUnderTest<ReceivedMessage>): void {
  const saying = (change: Partial<ReceivedMessage>) => {
    const { title, texts } = show(receivedMessageOf(change));
    return { title, text: texts.join('\n') };
  };
  const ofKind = (kind: string, severity: 'info' | 'warning' | 'critical') =>
    saying({ attributes: { kind, severity, labels: {} } });

  describe(`${name}, of a message that it has received,`, () => {
    it.each([
      ['alert', 'critical', 'Critical'],
      ['alert', 'warning', 'Warning'],
      ['alert', 'info', 'Info'],
      ['operations', 'warning', 'Operations'],
      ['heartbeat', 'info', 'Sign of life'],
      ['digest', 'info', 'Digest'],
      ['test', 'critical', 'Test'],
    ] as const)('says in the title how the kind %s (%s) is meant: %s', (kind, severity, word) => {
      expect(ofKind(kind, severity).title).toContain(word);
    });

    it('says of a test that nothing has happened, and of nothing else', () => {
      expect(ofKind('test', 'critical').text).toMatch(/This is a test.*nothing needs to be done/);
      expect(ofKind('alert', 'critical').text).not.toContain('This is a test');
    });

    it('says all that the view of an alert holds', () => {
      const alert = receivedAlertOf({ view: { pace: PACE, contributors: CONTRIBUTORS } });
      const { text } = saying({ alerts: [alert] });
      const { who: _, filled: __, contributors, usageUrl, ...facts } = alert.view;
      for (const fact of Object.values(facts)) expect(text).toContain(fact);
      expect(text).toContain(usageUrl);
      for (const each of contributors) {
        for (const figure of Object.values(each)) if (figure !== null) expect(text).toContain(figure);
      }
      expect(text).toContain(alert.id);
      expect(text).toContain(alert.budgetId);
    });

    it('has a bar of what is filled', () => {
      const barOf = (filled: number) =>
        saying({ alerts: [receivedAlertOf({ view: { filled } })] }).text.match(/▓/g)?.length ?? 0;
      expect([barOf(0), barOf(50) > barOf(20), barOf(100) > barOf(50), barOf(900) < 30]).toEqual([
        0,
        true,
        true,
        true,
      ]);
    });

    it('names with a correction what it takes back, asks for nothing, and offers no silence', () => {
      const id = 'chatbot#2026-11#abcdef#-#500:400';
      const alert = receivedAlertOf({ id: `${id}#correction`, reason: 'correction', title: 'Correction: x' });
      const { title, text } = saying({ alerts: [alert] });
      expect(title).toContain('Correction');
      expect(text).toMatch(new RegExp(`[Tt]akes back.*${id}(?!#)`));
      expect(text).not.toContain(alert.view.silence);
    });

    it('says that an alert was found late', () => {
      expect(saying({ alerts: [receivedAlertOf({ late: true })] }).text).toMatch(/[Ff]ound late/);
    });

    it('says of several what they come to, and of those that wait how many they are', () => {
      const alerts = [receivedAlertOf(), receivedAlertOf({ title: 'Another' })];
      const summary = '2 budgets reached a threshold. Together: $900.00 of $1,000.';
      const { text } = saying({ alerts, summary, waiting: 12 });
      expect(text).toContain(summary);
      expect(text).toContain('12 further alerts did not fit into this run');
    });

    it('names the command that lists all alerts where it does not', () => {
      const status = 'budget-alerts status --stack Prod';
      expect(saying({ omitted: 3, status }).text).toMatch(
        /3 more alerts .*budget-alerts status --stack Prod/,
      );
      expect(saying({ omitted: 3 }).text).toMatch(/3 more alerts .*budget-alerts status/);
    });

    it('shows a digest whole: period, total, change, every section and line, what is left out, and the command', () => {
      const attributes = { kind: 'digest', severity: 'info', labels: {} } as const;
      const { text } = saying({
        attributes,
        alerts: [],
        digest: DIGEST,
        status: 'budget-alerts status --stack P',
      });
      expect(text).toContain(DIGEST.period);
      expect(text).toContain(DIGEST.total);
      expect(text).toContain(DIGEST.change);
      for (const { heading, lines, more } of DIGEST.sections) {
        expect(text).toContain(heading);
        for (const { label, detail } of lines) expect(text).toContain(`${label}: ${detail}`);
        if (more > 0) expect(text).toContain(`and ${more} more`);
      }
      expect(text).toContain('budget-alerts status --stack P');
    });

    it('shows what operations are told, with the heading of the runbook, and that it is over', () => {
      const noticeOf = (severity: 'info' | 'warning') => {
        const { title, texts } = show(
          receivedNoticeOf(severity, 'Costs are stale', 'No reading has succeeded.'),
        );
        return [title, ...texts].join('\n');
      };
      for (const text of [noticeOf('warning'), noticeOf('info')]) {
        expect(text).toContain('Costs are stale');
        expect(text).toContain('No reading has succeeded.');
        expect(text).toContain('SourceStale');
      }
      expect(noticeOf('info').charAt(0)).not.toBe(noticeOf('warning').charAt(0));
    });
  });
}
