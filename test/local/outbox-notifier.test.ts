// The outbox: one whole JSON line per message, whatever a killed run left behind.

import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OUTBOX_FILE, openOutbox } from '../../lib/local/outbox-notifier.ts';
import { groupAlerts } from '../../lib/notify/group-alerts.ts';
import type { Message } from '../../lib/notify/message.ts';
import { alertFixture } from '../fakes/alert-fixture.ts';
import { addressed, GROUPING } from '../fakes/message-of.ts';

let directory: string;
let path: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'budget-alerts-outbox-'));
  path = join(directory, 'outbox.jsonl');
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const messageOf = (budgetName: string): Message => {
  const [message] = groupAlerts(addressed([alertFixture({ budgetName })]), { ...GROUPING, run: budgetName });
  if (message === undefined) throw new Error('one alert is one message');
  return message;
};
const titles = () =>
  readFileSync(path, 'utf8')
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line).title.split(' ')[0]);

describe('the outbox', () => {
  it('holds one line per message', async () => {
    const outbox = openOutbox(directory, OUTBOX_FILE);
    expect(await outbox.deliver(messageOf('first'))).toEqual({ outcome: 'accepted' });
    await outbox.deliver(messageOf('second'));
    expect(titles()).toEqual(['first', 'second']);
  });

  it.each([
    ['a few bytes', '{"schema":"bud'],
    ['more than is read at once', `{"schema":"${'x'.repeat(200_000)}`],
    ['half a character', Buffer.from([0x7b, 0xf0, 0x9f])],
  ])('cuts off a torn last line of %s', async (_, torn) => {
    const outbox = openOutbox(directory, OUTBOX_FILE);
    await outbox.deliver(messageOf('first'));
    appendFileSync(path, torn);
    await outbox.deliver(messageOf('second'));
    expect(titles()).toEqual(['first', 'second']);
  });

  it('that is nothing but a torn line begins anew', async () => {
    writeFileSync(path, '{"sch');
    await openOutbox(directory, OUTBOX_FILE).deliver(messageOf('first'));
    expect(titles()).toEqual(['first']);
  });

  it('that cannot be opened refuses, so that the next run sends it', async () => {
    mkdirSync(path);
    chmodSync(path, 0o500);
    expect(await openOutbox(directory, OUTBOX_FILE).deliver(messageOf('first'))).toMatchObject({
      outcome: 'refused',
    });
  });
});
