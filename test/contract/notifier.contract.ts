// What every Notifier must do: say honestly what became of a message, and carry whatever it is given.
import { describe, expect, it } from 'vitest';
import { messageDocument } from '../../lib/notify/message-document.ts';
import { isHeard, type Notifier } from '../../lib/notify/notifier.ts';
import { messageOf, stormOf } from '../fakes/message-of.ts';

export interface NotifierUnderTest extends AsyncDisposable {
  readonly notifier: Notifier;
  /** The JSON texts that have arrived where programs read them, oldest first. */
  received(): Promise<readonly string[]>;
  /** From now on nothing can be delivered. */
  breakChannel(): Promise<void>;
}

export function notifierContract(open: () => Promise<NotifierUnderTest>): void {
  const documentsOf = async (channel: NotifierUnderTest) =>
    (await channel.received()).map((text) => JSON.parse(text));

  describe('a notifier', () => {
    it('delivers a message as the versioned JSON', async () => {
      await using channel = await open();
      const message = messageOf(
        { id: 'a', budgetName: 'Ä "quoted" \\ 🤖', labels: { team: 'a' } },
        { id: 'b', labels: { team: 'a' } },
      );
      expect(await channel.notifier.deliver(message)).toEqual({ outcome: 'accepted' });
      expect(await documentsOf(channel)).toEqual([JSON.parse(JSON.stringify(messageDocument(message)))]);
    });

    it('delivers each message once', async () => {
      await using channel = await open();
      const messages = ['a', 'b', 'c'].map((id) => messageOf({ id }));
      for (const message of messages) await channel.notifier.deliver(message);
      const ids = (await documentsOf(channel)).map(({ messageId }) => messageId);
      expect(ids.sort()).toEqual(messages.map(({ messageId }) => messageId).sort());
    });

    it('has an audience where somebody listens', async () => {
      await using channel = await open();
      expect(isHeard(await channel.notifier.audience())).toBe(true);
    });

    it.each([
      ['a header', 'x\r\nBcc: everybody@example.com'],
      ['a terminal', '\u001b]0;owned\u0007'],
      ['nothing that can be seen', '\u200b\u202e\u2028'],
      ['halves of characters', '\ud83d \udc00 \uffff'],
      ['JSON', '","omitted":99,"x":"'],
    ])('is not harmed by a name that is %s', async (_, name) => {
      await using channel = await open();
      const message = messageOf({ budgetName: name, member: name, scope: { project: name } });
      expect(await channel.notifier.deliver(message)).toEqual({ outcome: 'accepted' });
      const [document, ...others] = await documentsOf(channel);
      expect(others).toEqual([]);
      expect(document).toMatchObject({ omitted: 0, alerts: [{ scope: { project: name } }] });
      expect(document.text).not.toMatch(/(?!\n)\p{Cc}/u);
    });

    it('delivers a storm: the worst alerts in their order, and the number of all others', async () => {
      await using channel = await open();
      const message = stormOf(3_000);
      expect(await channel.notifier.deliver(message)).toEqual({ outcome: 'accepted' });
      const [document] = await documentsOf(channel);
      const ids = document.alerts.map(({ id }: { id: string }) => id);
      expect(ids).toEqual(message.alerts.slice(0, ids.length).map(({ id }) => id));
      expect(ids.length).toBeGreaterThan(50);
      expect(ids.length + document.omitted).toBe(3_000);
    });

    it('says that a message was refused when it surely was not sent, and never throws', async () => {
      await using channel = await open();
      await channel.breakChannel();
      const delivery = await channel.notifier.deliver(messageOf({}));
      expect(delivery).toEqual({ outcome: 'refused', why: expect.stringMatching(/\S/) });
    });
  });
}
