// What every BudgetStore must do: keep declared budgets, and let nobody overwrite an edit that they have not seen.
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { BudgetStore, StoredBudget } from '../../lib/budget/budget-store.ts';
import { DEFAULT_SETTINGS } from '../../lib/spend/settings.ts';
import { budgetOf } from '../fakes/budgets-of.ts';
import { instantOf } from '../fakes/time-of.ts';

const DECIDED_AT = instantOf('2026-11-20T10:00:00Z');

export function budgetStoreContract(storeOf: () => BudgetStore): void {
  /** An organization that nobody else uses. */
  const open = () => ({ store: storeOf(), organization: `org-${randomUUID()}` });

  const storedOf = (id: string, version: number, limit = '100'): StoredBudget => ({
    budget: budgetOf({ id, limit }),
    version,
    decidedAt: DECIDED_AT,
    limitLoweredAt: null,
  });

  describe('a budget store', () => {
    it('begins with nothing', async () => {
      const { store, organization } = open();
      expect(await store.active(organization)).toEqual({
        budgets: [],
        rejected: [],
        silences: [],
        settings: DEFAULT_SETTINGS,
      });
    });

    it('keeps settings, and has the defaults until there are some', async () => {
      const { store, organization } = open();
      expect((await store.active(organization)).settings).toEqual(DEFAULT_SETTINGS);
      const settings = { ...DEFAULT_SETTINGS, trailingDays: 5, failingAfterHours: 0 };
      await store.putSettings(organization, settings);
      expect((await store.active(organization)).settings).toEqual(settings);
    });

    it('keeps silences, of everything, of a budget and of a member, until they are removed', async () => {
      const { store, organization } = open();
      const common = { until: DECIDED_AT, reason: 'a “reason”', createdAt: DECIDED_AT, createdBy: 'anna' };
      const all = { ...common, id: 'a', budgetId: null, member: null };
      const budget = { ...common, id: 'b', budgetId: 'org', member: null };
      const member = { ...common, id: 'c', budgetId: 'each', member: 'proj#a' };
      for (const silence of [all, budget, member]) await store.putSilence(organization, silence);
      await store.put(organization, storedOf('org', 1), 0, 'somebody');
      expect((await store.active(organization)).silences).toEqual([all, budget, member]);
      expect((await store.active(organization)).budgets).toHaveLength(1);
      await store.removeSilence(organization, 'b');
      expect((await store.active(organization)).silences).toEqual([all, member]);
    });

    it('gives back every field of every budget, sorted by id', async () => {
      const { store, organization } = open();
      const budgets = [
        budgetOf({ id: 'a-tokens', measure: 'completions.total_tokens', limit: '2000000', period: 'daily' }),
        budgetOf({ id: 'b_each', each: true, except: ['proj_sandbox'], period: 'weekly' }),
        budgetOf({
          id: 'c',
          name: 'Chatbot – “prod” ü',
          projects: ['proj_a', 'proj_b'],
          limit: '0.000000000001',
          period: 'yearly',
          labels: { team: 'platform' },
        }),
        budgetOf({ id: 'd', limit: '5000', thresholds: ['50%', '4500'], period: 'quarterly' }),
      ];
      for (const budget of budgets.toReversed()) {
        const stored = { budget, version: 1, decidedAt: DECIDED_AT, limitLoweredAt: DECIDED_AT };
        expect(await store.put(organization, stored, 0, 'somebody')).toBe(true);
      }
      const active = await store.active(organization);
      expect(active.rejected).toEqual([]);
      expect(active.budgets).toEqual(
        budgets.map((budget) => ({ budget, version: 1, decidedAt: DECIDED_AT, limitLoweredAt: DECIDED_AT })),
      );
    });

    it.each([
      { stored: 0, seen: 0, accepted: true },
      { stored: 1, seen: 0, accepted: false },
      { stored: 0, seen: 1, accepted: false },
      { stored: 1, seen: 1, accepted: true },
      { stored: 2, seen: 1, accepted: false },
    ])('takes a change to version $seen where $stored is stored: $accepted', async (row) => {
      const { store, organization } = open();
      for (let version = 1; version <= row.stored; version += 1) {
        await store.put(organization, storedOf('a', version), version - 1, 'somebody');
      }
      const before = await store.active(organization);
      const next = storedOf('a', row.seen + 1, '250');
      expect(await store.put(organization, next, row.seen, 'somebody else')).toBe(row.accepted);
      const after = await store.active(organization);
      expect(after).toEqual(
        row.accepted ? { budgets: [next], rejected: [], silences: [], settings: DEFAULT_SETTINGS } : before,
      );
    });

    it('lets one of several writers win', async () => {
      const { store, organization } = open();
      const outcomes = await Promise.all(
        Array.from({ length: 10 }, (_, writer) =>
          store.put(organization, storedOf('a', 1, String(writer + 1)), 0, `writer-${writer}`),
        ),
      );
      expect(outcomes.filter((accepted) => accepted)).toHaveLength(1);
    });

    it('removes the version that was seen, and nothing else', async () => {
      const { store, organization } = open();
      await store.put(organization, storedOf('a', 1), 0, 'somebody');
      await store.put(organization, storedOf('a', 2), 1, 'somebody');
      await store.put(organization, storedOf('b', 1), 0, 'somebody');
      expect(await store.remove(organization, 'a', 1)).toBe(false);
      expect((await store.active(organization)).budgets).toHaveLength(2);
      expect(await store.remove(organization, 'a', 2)).toBe(true);
      expect((await store.active(organization)).budgets).toEqual([storedOf('b', 1)]);
    });

    it('is content with the removal of what is gone', async () => {
      const { store, organization } = open();
      expect(await store.remove(organization, 'a', 1)).toBe(true);
    });

    it('keeps organizations apart', async () => {
      const { store, organization } = open();
      await store.put(organization, storedOf('a', 1), 0, 'somebody');
      expect((await store.active(`${organization}-2`)).budgets).toEqual([]);
    });
  });
}
