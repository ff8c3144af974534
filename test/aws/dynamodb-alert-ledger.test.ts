// How latches lie in the table, what a lost answer does to them, and that a damaged one is never taken for empty.
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Latch } from '../../lib/alert/latch.ts';
import { createDynamoDbAlertLedger } from '../../lib/aws/dynamodb-alert-ledger.ts';
import type { Item } from '../../lib/aws/item-table.ts';
import { alertFixture } from '../fakes/alert-fixture.ts';
import { type Fate, memoryItemTable, type Operation, storedItems } from '../fakes/memory-item-table.ts';
import { instantOf } from '../fakes/time-of.ts';

const SK = '2026-12-01T00:00:00Z#org-monthly#abcdef#-';
const LONG_AGO = instantOf('2026-01-01');
const AT = instantOf('2026-11-20T10:00:00Z');

const LATCH: Latch = {
  key: { periodEnd: instantOf('2026-12-01'), budgetId: 'org-monthly', shape: 'abcdef', shard: '-' },
  version: 1,
  announced: new Map(),
  claim: {
    run: 'run-1',
    leaseUntil: AT,
    alerts: [{ alert: alertFixture(), open: ['default'], attempts: 1, firstClaimedAt: AT }],
  },
};

const losesAnswers = ({ kind }: Operation): Fate => (kind === 'put' ? 'loses-answer' : 'works');

describe('a latch in the table', () => {
  it('has its key in the sort key, expires with its period, and is one write', async () => {
    const table = memoryItemTable();
    await createDynamoDbAlertLedger(table).write('org', LATCH, 'run-1');
    expect(table.requests).toEqual({ reads: 0, writes: 1 });
    const item = await table.get('org', SK, { consistent: true });
    expect(item).toMatchObject({
      version: 1,
      run: 'run-1',
      expiresAt: Date.parse('2028-03-05T00:00:00Z') / 1000,
    });
    expect(Object.keys(item ?? {}).sort()).toEqual([
      'announced',
      'claim',
      'expiresAt',
      'pk',
      'run',
      'sk',
      'version',
    ]);
  });

  it('is found by one consistent Query that leaves other kinds of items alone', async () => {
    const items = storedItems();
    const table = memoryItemTable({ items, lag: () => 100 });
    await createDynamoDbAlertLedger(table).write('org', LATCH, 'run-1');
    for (const sk of ['source#costs.1d', 'opened#org-rolling#abcdef#-', '!']) {
      await table.put({ pk: 'org', sk, version: 1 }, 'none');
    }
    table.requests.reads = 0;
    expect((await createDynamoDbAlertLedger(table).read('org', LONG_AGO)).latches).toEqual([LATCH]);
    expect(table.requests.reads).toBe(1);
  });

  it('of a rolling budget begins with open, and expires as long after its last word as others after their period', async () => {
    const table = memoryItemTable();
    const said = (at: string) => {
      const common = { spent: '85', reason: 'first-breach', messageId: 'm', note: '' } as const;
      return { state: 'announced', at: instantOf(at), ...common } as const;
    };
    const announced = new Map([
      ['proj_a', new Map([['100:80', said('2026-12-01')]])],
      ['proj_b', new Map([['100:80', said('2026-11-01')]])],
    ]);
    const latch: Latch = { key: { ...LATCH.key, periodEnd: null }, version: 1, announced, claim: null };
    const ledger = createDynamoDbAlertLedger(table);
    await ledger.write('org', latch, 'run-1');
    const item = await table.get('org', 'open#org-monthly#abcdef#-', { consistent: true });
    expect(item?.expiresAt).toBe(Date.parse('2028-03-05T00:00:00Z') / 1000);
    expect((await ledger.read('org', instantOf('2027-06-01'))).latches).toEqual([latch]);
  });

  it('of a UTC period holds no zone, as before there were any', async () => {
    const table = memoryItemTable();
    await createDynamoDbAlertLedger(table).write('org', LATCH, 'run-1');
    const item = await table.get('org', SK, { consistent: true });
    const claim = item?.claim;
    if (!(claim instanceof Uint8Array)) throw new Error('no claim');
    const { alerts } = JSON.parse(gunzipSync(claim).toString());
    expect(alerts[0].alert.period).toEqual({
      kind: 'monthly',
      key: '2026-11',
      start: '2026-11-01T00:00:00Z',
      end: '2026-12-01T00:00:00Z',
    });
  });

  it('stays within one item for a thousand alerts that are claimed, and for a thousand that were said', async () => {
    const ledger = createDynamoDbAlertLedger(memoryItemTable());
    const members = Array.from(
      { length: 1_000 },
      (_, index) => `proj_${(index * 2_654_435_761).toString(36)}`,
    );
    const claim = {
      run: 'run-1',
      leaseUntil: AT,
      alerts: members.map((member, index) => ({
        open: ['default'],
        attempts: 1,
        firstClaimedAt: AT,
        alert: alertFixture({
          id: `every-project#2026-11#abcdef#${member}#100:80`,
          member,
          scope: { project: member },
          names: { [member]: `Project number ${index}` },
          spent: `${80 + index / 7}`,
          contributors: [
            { label: `Project number ${index} · gpt-5, input`, amount: `${index / 11}`, previous: null },
          ],
        }),
      })),
    };
    const announcement = {
      state: 'announced',
      at: AT,
      reason: 'first-breach',
      messageId: 'message-1',
      note: '',
    } as const;
    const announced = new Map(
      members.map((member, index) => [
        member,
        new Map([['100:80', { ...announcement, spent: `${index / 7}` }]]),
      ]),
    );
    const latch = { ...LATCH, claim, announced };
    expect(await ledger.write('org', latch, 'run-1')).toBe(true);
    expect((await ledger.read('org', LONG_AGO)).latches).toEqual([latch]);
  });
});

describe('a write of a latch whose answer is lost', () => {
  it('is recognised as this run’s own, for a new latch and for the next version', async () => {
    const items = storedItems();
    const ledger = createDynamoDbAlertLedger(memoryItemTable({ items, fate: losesAnswers }));
    expect(await ledger.write('org', LATCH, 'run-1')).toBe(true);
    const next = { ...LATCH, version: 2, claim: null };
    expect(await ledger.write('org', next, 'run-1')).toBe(true);
    expect((await ledger.read('org', LONG_AGO)).latches).toEqual([next]);
  });

  it('is somebody else’s if another run, or another version of this run’s, is stored', async () => {
    const items = storedItems();
    const ledger = createDynamoDbAlertLedger(memoryItemTable({ items }));
    await ledger.write('org', LATCH, 'run-1');
    expect(await ledger.write('org', LATCH, 'run-2')).toBe(false);
    await ledger.write('org', { ...LATCH, version: 2 }, 'run-1');
    expect(await ledger.write('org', LATCH, 'run-1')).toBe(false);
    expect((await ledger.read('org', LONG_AGO)).latches).toEqual([{ ...LATCH, version: 2 }]);
  });

  it('is not written where the latch was deleted meanwhile', async () => {
    const ledger = createDynamoDbAlertLedger(memoryItemTable());
    expect(await ledger.write('org', { ...LATCH, version: 5 }, 'run-1')).toBe(false);
  });
});

describe('a damaged latch', () => {
  const zipped = (value: unknown) => gzipSync(JSON.stringify(value));
  const said = ['announced', '2026-11-20T10:00:00Z', '81.5', 'first-breach', 'message-1'];

  it.each<{ what: string; change: Record<string, Item[string]>; why: string }>([
    { what: 'no version', change: { version: 'x' }, why: 'version' },
    { what: 'announced is not packed', change: { announced: '{}' }, why: 'announced' },
    { what: 'announced is torn', change: { announced: zipped({}).subarray(0, 10) }, why: 'announced' },
    {
      what: 'an unknown state',
      change: { announced: zipped({ '-': { '100:80': ['said', ...said.slice(1)] } }) },
      why: 'announced',
    },
    {
      what: 'an amount that is none',
      change: { announced: zipped({ '-': { '100:80': said.with(2, 'NaN') } }) },
      why: 'announced',
    },
    {
      what: 'an announcement too short',
      change: { announced: zipped({ '-': { '100:80': said.slice(1) } }) },
      why: 'announced',
    },
    { what: 'a claim of nothing', change: { claim: zipped({}) }, why: 'claim' },
    {
      what: 'an alert without its id',
      change: {
        claim: zipped({
          run: 'r',
          leaseUntil: '2026-11-20',
          alerts: [{ attempts: 1, firstClaimedAt: '2026-11-20', alert: {} }],
        }),
      },
      why: 'claim',
    },
    { what: 'an unknown attribute', change: { corrected: 'x' }, why: 'corrected' },
  ])('stops the run, names its key and says what to do: $what', async ({ change, why }) => {
    const table = memoryItemTable();
    const ledger = createDynamoDbAlertLedger(table);
    await ledger.write('org', LATCH, 'run-1');
    const item = await table.get('org', SK, { consistent: true });
    if (item !== null) await table.put({ ...item, ...change }, 'none');
    const problem = {
      code: 'state-corrupt',
      message: expect.stringMatching(new RegExp(`"org".*"${SK}".*${why}.*Restore this item`)),
    };
    await expect(ledger.read('org', LONG_AGO)).rejects.toMatchObject(problem);
    await expect(ledger.write('org', LATCH, 'run-1')).rejects.toMatchObject(problem);
  });

  it('is also one whose key is none', async () => {
    const table = memoryItemTable();
    await table.put({ pk: 'org', sk: '2026-12-01T00:00:00Z#org-monthly', version: 1 }, 'none');
    await expect(createDynamoDbAlertLedger(table).read('org', LONG_AGO)).rejects.toMatchObject({
      code: 'state-corrupt',
    });
  });
});
