// What every AlertLedger must do: keep what was said, and let one writer win each version of a latch.
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { AlertLedger } from '../../lib/alert/alert-ledger.ts';
import type { Announcement, Claim, Latch, LatchKey } from '../../lib/alert/latch.ts';
import type { Period } from '../../lib/time/period.ts';
import { alertFixture } from '../fakes/alert-fixture.ts';
import { dayOf, instantOf } from '../fakes/time-of.ts';

const NOVEMBER: LatchKey = {
  periodEnd: instantOf('2026-12-01'),
  budgetId: 'org-monthly',
  shape: 'abcdef',
  shard: '-',
};
const IN_BERLIN: Period = {
  kind: 'rolling',
  key: '2026-11-20',
  start: instantOf('2026-11-13T23:00:00Z'),
  end: instantOf('2026-11-20T23:00:00Z'),
  zone: 'Europe/Berlin',
};
const LONG_AGO = instantOf('2026-01-01');

const SAID: Announcement = {
  state: 'announced',
  at: instantOf('2026-11-20T10:00:00Z'),
  spent: '81.1000000000000000055511151231257827021181',
  reason: 'first-breach',
  messageId: 'message-1',
  note: '',
};

const CLAIM: Claim = {
  run: 'run-1',
  leaseUntil: instantOf('2026-11-20T10:02:00.500Z'),
  alerts: [
    {
      open: ['team', 'oncall'],
      attempts: 2,
      firstClaimedAt: instantOf('2026-11-20T09:45:00Z'),
      alert: alertFixture({
        budgetName: 'Whole organization – “everything”',
        member: 'proj_a',
        scope: { project: ['proj_a', 'constructor'] },
        names: { proj_a: 'Chatbot', __proto__x: 'x', constructor: 'Builder' },
        spent: '85.0000000000000000000000000000000000000001',
        supersedes: [{ threshold: '50%', amount: '50' }],
        reason: 'limit-changed',
        severity: 'critical',
        late: true,
        labels: { team: 'platform', constructor: 'yes' },
        completeThrough: dayOf('2026-11-19'),
        contributors: [{ label: 'Chatbot · gpt-5', amount: '60.25', previous: '12' }],
        pace: { perDay: '3.5', byEnd: '105' },
        routes: ['default', 'oncall', 'team'],
      }),
    },
    {
      open: ['default'],
      attempts: 1,
      firstClaimedAt: instantOf('2026-11-20T10:00:00Z'),
      alert: alertFixture({
        completeThrough: null,
        unit: 'tokens',
        measure: 'completions.total_tokens',
        period: IN_BERLIN,
      }),
    },
  ],
};

export function alertLedgerContract(ledgerOf: () => AlertLedger): void {
  /** An organization that nobody else uses. */
  const open = () => ({ ledger: ledgerOf(), organization: `org-${randomUUID()}` });

  const latchOf = (change: Partial<Latch> = {}): Latch => ({
    key: NOVEMBER,
    version: 1,
    announced: new Map(),
    claim: null,
    ...change,
  });

  describe('an alert ledger', () => {
    it('begins with nothing', async () => {
      const { ledger, organization } = open();
      expect((await ledger.read(organization, LONG_AGO)).latches).toEqual([]);
    });

    it('gives back exactly what was written, whatever members are called', async () => {
      const { ledger, organization } = open();
      const members = [
        '-',
        'proj_a',
        'constructor',
        '__proto__',
        'a#b',
        'gpt-4o, input',
        '123',
        'unattributed',
      ];
      const latch = latchOf({
        announced: new Map(
          members.map((member) => [
            member,
            new Map([
              ['100:80', { ...SAID, state: 'superseded' as const }],
              ['100:100', { ...SAID, reason: 'higher-threshold' as const }],
              ['90.5:0.00001', { ...SAID, state: 'dead' as const, messageId: '' }],
            ]),
          ]),
        ),
        claim: CLAIM,
      });
      expect(await ledger.write(organization, latch, 'run-1')).toBe(true);
      expect((await ledger.read(organization, LONG_AGO)).latches).toEqual([latch]);
    });

    it('replaces a latch by its next version, without its claim when there is none', async () => {
      const { ledger, organization } = open();
      await ledger.write(organization, latchOf({ claim: CLAIM }), 'run-1');
      const next = latchOf({ version: 2, announced: new Map([['-', new Map([['100:80', SAID]])]]) });
      expect(await ledger.write(organization, next, 'run-1')).toBe(true);
      expect((await ledger.read(organization, LONG_AGO)).latches).toEqual([next]);
    });

    it.each([
      { stored: 0, written: 1, accepted: true },
      { stored: 0, written: 2, accepted: false },
      { stored: 1, written: 1, accepted: false },
      { stored: 1, written: 2, accepted: true },
      { stored: 1, written: 3, accepted: false },
      { stored: 2, written: 2, accepted: false },
    ])('takes version $written where $stored is stored: $accepted', async (row) => {
      const { ledger, organization } = open();
      for (let version = 1; version <= row.stored; version += 1) {
        await ledger.write(organization, latchOf({ version }), `earlier-${version}`);
      }
      const before = (await ledger.read(organization, LONG_AGO)).latches;
      const latch = latchOf({ version: row.written, claim: CLAIM });
      expect(await ledger.write(organization, latch, 'run-1')).toBe(row.accepted);
      expect((await ledger.read(organization, LONG_AGO)).latches).toEqual(row.accepted ? [latch] : before);
    });

    it('takes a write that is repeated by its own run for written, as its answer may have been lost', async () => {
      const { ledger, organization } = open();
      expect(await ledger.write(organization, latchOf({ claim: CLAIM }), 'run-1')).toBe(true);
      expect(await ledger.write(organization, latchOf({ claim: CLAIM }), 'run-1')).toBe(true);
      expect(await ledger.write(organization, latchOf({ claim: CLAIM }), 'run-2')).toBe(false);
    });

    it('lets one of fifty racers win a new latch, and one of fifty the next version of it', async () => {
      const { ledger, organization } = open();
      for (const version of [1, 2]) {
        const outcomes = await Promise.all(
          Array.from({ length: 50 }, async (_, racer) => {
            const run = `run-${version}-${racer}`;
            const won = await ledger.write(organization, latchOf({ version, claim: { ...CLAIM, run } }), run);
            return won ? [run] : [];
          }),
        );
        const winners = outcomes.flat();
        expect(winners).toHaveLength(1);
        const [latch] = (await ledger.read(organization, LONG_AGO)).latches;
        expect(latch).toMatchObject({ version, claim: { run: winners[0] } });
      }
    });

    it('keeps latches apart that differ in period, budget, shape or shard', async () => {
      const { ledger, organization } = open();
      const keys: LatchKey[] = [
        NOVEMBER,
        { ...NOVEMBER, periodEnd: instantOf('2027-01-01') },
        { ...NOVEMBER, budgetId: 'org-monthly-2' },
        { ...NOVEMBER, shape: '000000' },
        { ...NOVEMBER, shard: 'f' },
        { ...NOVEMBER, shard: '0a' },
        { ...NOVEMBER, periodEnd: null },
      ];
      for (const key of keys) {
        expect(await ledger.write(organization, latchOf({ key }), 'run-1')).toBe(true);
      }
      const found = (await ledger.read(organization, LONG_AGO)).latches;
      expect(found.map(({ key }) => JSON.stringify(key)).sort()).toEqual(
        keys.map((key) => JSON.stringify(key)).sort(),
      );
      expect((await ledger.read(`${organization}2`, LONG_AGO)).latches).toEqual([]);
    });

    it.each([
      { endedAfter: '2026-11-30T23:59:59.999Z', found: ['2026-12-01', '2027-01-01'] },
      { endedAfter: '2026-12-01T00:00:00Z', found: ['2027-01-01'] },
      { endedAfter: '2026-12-01T00:00:00.001Z', found: ['2027-01-01'] },
      { endedAfter: '2026-10-27T10:00:00.500Z', found: ['2026-11-01', '2026-12-01', '2027-01-01'] },
      { endedAfter: '2027-01-01', found: [] },
    ])('finds the periods that end after $endedAfter', async ({ endedAfter, found }) => {
      const { ledger, organization } = open();
      for (const end of ['2026-10-01', '2026-11-01', '2026-12-01', '2027-01-01']) {
        const key = { ...NOVEMBER, periodEnd: instantOf(end) };
        await ledger.write(organization, latchOf({ key }), 'run-1');
      }
      const latches = (await ledger.read(organization, instantOf(endedAfter))).latches;
      expect(latches.map(({ key }) => key.periodEnd)).toEqual(found.map(instantOf));
    });

    it('finds those of rolling budgets, however long nothing was said', async () => {
      const { ledger, organization } = open();
      const latch = latchOf({ key: { ...NOVEMBER, periodEnd: null } });
      await ledger.write(organization, latch, 'run-1');
      expect((await ledger.read(organization, instantOf('2028-01-01'))).latches).toEqual([latch]);
    });

    it('keeps notices and memos beside the latches, each writer seeing what it overwrites', async () => {
      const { ledger, organization } = open();
      const at = instantOf('2026-11-20T10:00:00Z');
      const notice = {
        subject: 'source.costs',
        state: 'failing',
        code: 'SourceFailing',
        title: 't',
        text: 'x',
      } as const;
      const claimed = {
        subject: 'source.costs',
        version: 1,
        said: null,
        claim: { run: 'run-1', leaseUntil: at, notice },
      };
      expect(await ledger.writeNotice(organization, claimed, 'run-1')).toBe(true);
      expect(await ledger.writeNotice(organization, claimed, 'run-2')).toBe(false);
      expect(await ledger.writeNotice(organization, claimed, 'run-1')).toBe(true);
      const said = { state: 'failing', code: 'SourceFailing', at } as const;
      const recorded = { subject: 'source.costs', version: 2, said, claim: null };
      expect(await ledger.writeNotice(organization, recorded, 'run-1')).toBe(true);
      await ledger.remember(organization, 'last-check', 'first');
      await ledger.remember(organization, 'last-check', 'second');
      await ledger.write(organization, latchOf({}), 'run-1');
      expect(await ledger.read(organization, LONG_AGO)).toMatchObject({
        latches: [{ version: 1 }],
        notices: [recorded],
        memos: new Map([['last-check', 'second']]),
      });
    });

    describe('that is asked for a memo', () => {
      const memoOf = async (ledger: AlertLedger, organization: string) =>
        (await ledger.read(organization, LONG_AGO)).memos.get('digest');

      it('lets one run claim each new value, and none the value that is there', async () => {
        const { ledger, organization } = open();
        for (const day of ['2026-11-23', '2026-11-24']) {
          expect(await ledger.claimMemo(organization, 'digest', day, `first-${day}`)).toBe(true);
          expect(await ledger.claimMemo(organization, 'digest', day, `second-${day}`)).toBe(false);
          expect(await memoOf(ledger, organization)).toBe(day);
        }
      });

      it('takes a claim that is repeated by its own run for made, as its answer may have been lost', async () => {
        const { ledger, organization } = open();
        expect(await ledger.claimMemo(organization, 'digest', '2026-11-23', 'run-1')).toBe(true);
        expect(await ledger.claimMemo(organization, 'digest', '2026-11-23', 'run-1')).toBe(true);
      });

      it('lets one of twenty racers have it, the first time, and the next', async () => {
        const { ledger, organization } = open();
        for (const day of ['2026-11-23', '2026-11-24']) {
          const claims = await Promise.all(
            Array.from({ length: 20 }, (_, racer) =>
              ledger.claimMemo(organization, 'digest', day, `run-${day}-${racer}`),
            ),
          );
          expect(claims.filter((isClaimed) => isClaimed)).toHaveLength(1);
        }
      });

      it('can be asked for one that was only remembered so far', async () => {
        const { ledger, organization } = open();
        await ledger.remember(organization, 'digest', '2026-11-25');
        expect(await ledger.claimMemo(organization, 'digest', '2026-11-25', 'run-1')).toBe(false);
        expect(await ledger.claimMemo(organization, 'digest', '2026-11-26', 'run-1')).toBe(true);
        expect(await ledger.claimMemo(organization, 'digest', '2026-11-26', 'run-2')).toBe(false);
      });

      it('can be given back its value of before, which is then claimed again', async () => {
        const { ledger, organization } = open();
        await ledger.claimMemo(organization, 'digest', '2026-11-23', 'run-1');
        expect(await ledger.claimMemo(organization, 'digest', '-', 'run-1')).toBe(true);
        expect(await memoOf(ledger, organization)).toBe('-');
        expect(await ledger.claimMemo(organization, 'digest', '2026-11-23', 'run-2')).toBe(true);
      });
    });
  });
}
