// What every NameStore must do: remember all names as they were read last.
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { NameStore } from '../../lib/spend/name-store.ts';
import { instantOf } from '../fakes/time-of.ts';

const MORNING = instantOf('2026-11-20T06:00:00Z');
const NOON = instantOf('2026-11-20T12:00:00.125Z');

export function nameStoreContract(storeOf: () => NameStore): void {
  /** An organization that nobody else uses. */
  const open = () => ({ store: storeOf(), organization: `org-${randomUUID()}` });

  describe('a name store', () => {
    it('begins without names, never read', async () => {
      const { store, organization } = open();
      expect(await store.projectNames(organization)).toEqual({ names: new Map(), readAt: null });
    });

    it('gives back what was read last, and only that', async () => {
      const { store, organization } = open();
      await store.rememberProjectNames(organization, new Map([['proj_gone', 'Old']]), MORNING);
      const names = new Map([
        ['proj_a', 'Chatbot – “prod” 🤖'],
        ['constructor', 'Builder'],
        ['__proto__', 'Prototype'],
        ['proj_b', ''],
      ]);
      await store.rememberProjectNames(organization, names, NOON);
      expect(await store.projectNames(organization)).toEqual({ names, readAt: NOON });
      expect(await store.projectNames(`${organization}2`)).toEqual({ names: new Map(), readAt: null });
    });

    it('remembers that there were none', async () => {
      const { store, organization } = open();
      await store.rememberProjectNames(organization, new Map(), NOON);
      expect(await store.projectNames(organization)).toEqual({ names: new Map(), readAt: NOON });
    });

    it('holds the names of ten thousand projects', async () => {
      const { store, organization } = open();
      const names = new Map(
        Array.from({ length: 10_000 }, (_, index) => [`proj_${randomUUID()}`, `Project number ${index}`]),
      );
      await store.rememberProjectNames(organization, names, NOON);
      expect((await store.projectNames(organization)).names).toEqual(names);
    });
  });
}
