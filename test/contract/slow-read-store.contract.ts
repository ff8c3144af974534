// What every SlowReadStore must do: remember the last slow read of each organization.
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { SlowReadStore } from '../../lib/spend/slow-read-store.ts';
import { instantOf } from '../fakes/time-of.ts';

export function slowReadStoreContract(storeOf: () => SlowReadStore): void {
  describe('a store of slow reads', () => {
    it('begins with none, and gives back the last one', async () => {
      const store = storeOf();
      const organization = `org-${randomUUID()}`;
      expect(await store.lastSlowRead(organization)).toBe(null);
      await store.rememberSlowRead(organization, {
        function: 'collect-costs',
        at: instantOf('2026-11-20T10:00:00Z'),
      });
      const last = { function: 'collect-usage', at: instantOf('2026-11-20T10:15:00.250Z') };
      await store.rememberSlowRead(organization, last);
      expect(await store.lastSlowRead(organization)).toEqual(last);
      expect(await store.lastSlowRead(`${organization}2`)).toBe(null);
    });
  });
}
