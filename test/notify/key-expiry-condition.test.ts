// What operations hear about the admin key's end, by how far away it is.
import { describe, expect, it } from 'vitest';
import { keyExpiryCondition } from '../../lib/notify/key-expiry-condition.ts';
import { instantOf } from '../fakes/time-of.ts';

const EXPIRY = { name: 'Main Admin Key', expiresAt: instantOf('2026-12-15T10:00:00Z') };

describe('the condition of an admin key', () => {
  it.each<[string, string | null, string]>([
    ['2026-11-20T10:00:00Z', null, 'is none weeks before'],
    ['2026-12-01T09:59:59Z', null, 'is none 14 days and a second before'],
    ['2026-12-01T10:00:00Z', 'expires-14', 'begins 14 days before'],
    ['2026-12-12T09:59:59Z', 'expires-14', 'is the same until 3 days and a second before'],
    ['2026-12-12T10:00:00Z', 'expires-3', 'is another from 3 days before'],
    ['2026-12-15T09:59:59Z', 'expires-3', 'is that one to the last second'],
    ['2026-12-15T10:00:00Z', 'expired', 'is a third from the moment itself'],
    ['2027-03-01T00:00:00Z', 'expired', 'is that one for as long as nothing else is known'],
  ])('at %s: %s, it %s', (tick, state, _) => {
    expect(keyExpiryCondition(EXPIRY, instantOf(tick))?.state ?? null).toBe(state);
  });

  it('is none where no end is known', () => {
    expect(keyExpiryCondition(null, instantOf('2026-12-15T10:00:00Z'))).toBe(null);
  });

  it.each([
    ['2026-12-02T07:00:00Z', 'The OpenAI admin key expires within 14 days: Main Admin Key', 'expires at'],
    ['2026-12-13T07:00:00Z', 'The OpenAI admin key expires within 3 days: Main Admin Key', 'expires at'],
    ['2026-12-16T07:00:00Z', 'The OpenAI admin key has expired: Main Admin Key', 'expired at'],
  ])('at %s says which key, when, and what to do', (tick, title, verb) => {
    const condition = keyExpiryCondition(EXPIRY, instantOf(tick));
    expect(condition).toMatchObject({ code: 'AdminKeyExpiring', title });
    expect(condition?.text).toContain(`"Main Admin Key", ${verb} 15 Dec 10:00 UTC`);
    expect(condition?.text).toMatch(/new admin key with api\.usage\.read and api\.management\.read/);
    expect(condition?.text).toMatch(/into the secret .*within 5 minutes/s);
  });

  it('does without a name', () => {
    const condition = keyExpiryCondition({ ...EXPIRY, name: null }, instantOf('2026-12-13T07:00:00Z'));
    expect(condition?.title).toBe('The OpenAI admin key expires within 3 days');
    expect(condition?.text).toMatch(/^The OpenAI admin key in use expires at 15 Dec 10:00 UTC/);
  });
});
