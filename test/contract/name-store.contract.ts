// What every NameStore must do: remember all names, and the admin key's expiry, as they were read last.
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { NameStore, Names } from '../../lib/spend/name-store.ts';
import { instantOf } from '../fakes/time-of.ts';

const MORNING = instantOf('2026-11-20T06:00:00Z');
const NOON = instantOf('2026-11-20T12:00:00.125Z');
const NEVER: Names = { names: new Map(), keyExpiry: null, readAt: null };
const EXPIRY = { name: 'Main “admin” key', expiresAt: instantOf('2026-12-04T10:00:00Z') };

export function nameStoreContract(storeOf: () => NameStore): void {
  /** An organization that nobody else uses. */
  const open = () => ({ store: storeOf(), organization: `org-${randomUUID()}` });

  describe('a name store', () => {
    it('begins without names, never read', async () => {
      const { store, organization } = open();
      expect(await store.projectNames(organization)).toEqual(NEVER);
      expect(await store.keyExpiry(organization)).toBe(null);
    });

    it('gives back what was read last, and only that', async () => {
      const { store, organization } = open();
      await store.rememberNames(organization, {
        names: new Map([['proj_gone', 'Old']]),
        keyExpiry: EXPIRY,
        readAt: MORNING,
      });
      const names = new Map([
        ['proj_a', 'Chatbot – “prod” 🤖'],
        ['constructor', 'Builder'],
        ['__proto__', 'Prototype'],
        ['proj_b', ''],
      ]);
      await store.rememberNames(organization, { names, keyExpiry: null, readAt: NOON });
      expect(await store.projectNames(organization)).toEqual({ names, keyExpiry: null, readAt: NOON });
      expect(await store.projectNames(`${organization}2`)).toEqual(NEVER);
    });

    it('remembers that there were none', async () => {
      const { store, organization } = open();
      await store.rememberNames(organization, { names: new Map(), keyExpiry: null, readAt: NOON });
      expect(await store.projectNames(organization)).toEqual({ ...NEVER, readAt: NOON });
    });

    it.each([EXPIRY, { ...EXPIRY, name: null }])(
      'remembers when the admin key %j expires',
      async (keyExpiry) => {
        const { store, organization } = open();
        const names = new Map([['proj_a', 'Chatbot']]);
        await store.rememberNames(organization, { names, keyExpiry, readAt: NOON });
        expect(await store.projectNames(organization)).toEqual({ names, keyExpiry, readAt: NOON });
        expect(await store.keyExpiry(organization)).toEqual(keyExpiry);
        expect(await store.keyExpiry(`${organization}2`)).toBe(null);
      },
    );

    it('forgets the expiry of a key that has none any more', async () => {
      const { store, organization } = open();
      await store.rememberNames(organization, { ...NEVER, keyExpiry: EXPIRY, readAt: MORNING });
      await store.rememberNames(organization, { ...NEVER, readAt: NOON });
      expect(await store.keyExpiry(organization)).toBe(null);
    });

    it('keeps the names of users and keys apart from each other and from those of projects', async () => {
      const { store, organization } = open();
      expect(await store.memberNames(organization, 'user')).toEqual({ names: new Map(), readAt: null });
      const users = { names: new Map([['user-a', 'Ann']]), readAt: MORNING };
      const keys = { names: new Map([['__proto__', 'Odd key']]), readAt: NOON };
      await store.rememberMemberNames(organization, 'user', users);
      await store.rememberMemberNames(organization, 'api_key', keys);
      expect(await store.memberNames(organization, 'user')).toEqual(users);
      expect(await store.memberNames(organization, 'api_key')).toEqual(keys);
      expect(await store.projectNames(organization)).toEqual(NEVER);
      expect(await store.memberNames(`${organization}2`, 'user')).toEqual({ names: new Map(), readAt: null });
    });

    it('holds the names of ten thousand projects', async () => {
      const { store, organization } = open();
      const names = new Map(
        Array.from({ length: 10_000 }, (_, index) => [`proj_${randomUUID()}`, `Project number ${index}`]),
      );
      await store.rememberNames(organization, { names, keyExpiry: null, readAt: NOON });
      expect((await store.projectNames(organization)).names).toEqual(names);
    });
  });
}
