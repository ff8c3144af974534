// What the doctor says of the admin key, by what OpenAI and the place where it is kept answer.
import { describe, expect, it } from 'vitest';
import {
  type AdminKeyPorts,
  type AdminKeyQuestions,
  examineAdminKey,
} from '../../lib/run/examine-admin-key.ts';
import type { Finding } from '../../lib/run/finding.ts';
import type { KeyExpiry } from '../../lib/spend/key-expiry.ts';
import { SourceError, type SourceErrorCode } from '../../lib/spend/usage-source.ts';
import { instantOf } from '../fakes/time-of.ts';

const TICK = instantOf('2026-11-20T10:00:00Z');
const NEXT_YEAR: KeyExpiry = { name: 'budget-alerts', expiresAt: instantOf('2027-11-20T10:00:00Z') };
const IN_TEN_DAYS: KeyExpiry = { name: 'budget-alerts', expiresAt: instantOf('2026-11-30T10:00:00Z') };
const YESTERDAY: KeyExpiry = { name: null, expiresAt: instantOf('2026-11-19T10:00:00Z') };
const WHAT_TO_DO = 'What to do.';

interface Answers {
  readonly costs?: Error;
  readonly projects?: Error;
  readonly expiry?: KeyExpiry | null | Error;
  readonly stored?: KeyExpiry | null | Error;
  readonly ask?: Error;
  readonly key?: Awaited<ReturnType<AdminKeyPorts['readKey']>>;
}

const failing = (code: SourceErrorCode) => new SourceError(code, WHAT_TO_DO);
const answerOf = <T>(answer: T | Error): Promise<T> =>
  answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);

/** `state check: message -> fix` */
async function found(answers: Answers = {}): Promise<string[]> {
  let closed = 0;
  const questions: AdminKeyQuestions = {
    readCosts: () => answerOf<void>(answers.costs),
    listProjects: () => answerOf<void>(answers.projects),
    keyExpiry: () => answerOf<KeyExpiry | null>(answers.expiry ?? null),
    async [Symbol.asyncDispose]() {
      closed += 1;
    },
  };
  const findings = await examineAdminKey({
    tick: TICK,
    place: 'the secret',
    readKey: async () => answers.key ?? { outcome: 'read', value: 'sk-admin-test' },
    ask: () => {
      if (answers.ask !== undefined) throw answers.ask;
      return questions;
    },
    storedExpiry: () => answerOf<KeyExpiry | null>(answers.stored ?? null),
  });
  const wasAsked = answers.key === undefined && answers.ask === undefined;
  expect(closed).toBe(wasAsked ? 1 : 0);
  return findings.map(lineOf);
}

function lineOf({ state, check, message, fix }: Finding): string {
  return `${state} ${check}: ${message}${fix === null ? '' : ` -> ${fix}`}`;
}

const NEW_KEY =
  'Make an admin key with api.usage.read and api.management.read at ' +
  'https://platform.openai.com/settings/organization/admin-keys and put it into the secret, as plain text.';
const ACCEPTED = 'ok admin-key: OpenAI accepts the admin key.';
const READS_COSTS = 'ok admin-key.api.usage.read: The key may read costs and usage.';
const READS_NAMES = 'ok admin-key.api.management.read: The key may read the names of projects.';
const END_UNSEEN =
  'skipped admin-key.expiry: Until when the key works cannot be seen now. -> ' +
  'It takes a key that is accepted and has api.management.read.';

describe('a key that may do everything', () => {
  it.each<[string, KeyExpiry | null | Error, string]>([
    [
      'has no end that is known',
      null,
      'ok admin-key.expiry: No end of the key is known: it does not expire, or OpenAI does not list it.',
    ],
    ['works for long', NEXT_YEAR, 'ok admin-key.expiry: The key works until 2027-11-20T10:00:00Z.'],
    [
      'is one whose end OpenAI does not tell',
      failing('openai-unavailable'),
      `warning admin-key.expiry: The end of the key could not be read (openai-unavailable). -> ${WHAT_TO_DO}`,
    ],
  ])('%s', async (_, expiry, line) => {
    expect(await found({ expiry })).toEqual([ACCEPTED, READS_COSTS, READS_NAMES, line]);
  });

  it.each<[string, KeyExpiry, RegExp]>([
    ['ends soon', IN_TEN_DAYS, /^warning admin-key\.expiry: The OpenAI admin key expires within 14 days/],
    ['has ended', YESTERDAY, /^failed admin-key\.expiry: The OpenAI admin key has expired/],
  ])('and that %s is told so', async (_, expiry, line) => {
    expect((await found({ expiry }))[3]).toMatch(line);
  });
});

describe('a key that lacks something', () => {
  it('may not read costs, which is what it is for', async () => {
    const lacks = failing('openai-scope-missing');
    expect(await found({ costs: lacks, expiry: NEXT_YEAR })).toEqual([
      ACCEPTED,
      `failed admin-key.api.usage.read: The key lacks api.usage.read: costs and usage cannot be read. -> ${NEW_KEY}`,
      READS_NAMES,
      'ok admin-key.expiry: The key works until 2027-11-20T10:00:00Z.',
    ]);
  });

  it('may not read names, and then its end is that of the last collect', async () => {
    const lacks = failing('openai-scope-missing');
    expect(await found({ projects: lacks, stored: NEXT_YEAR })).toEqual([
      ACCEPTED,
      READS_COSTS,
      'warning admin-key.api.management.read: The key lacks api.management.read: messages show ids in place of names, ' +
        `and the end of the key is not seen coming. -> ${NEW_KEY}`,
      'ok admin-key.expiry: As of the last collect, the key works until 2027-11-20T10:00:00Z.',
    ]);
  });

  it('may read names, and OpenAI does not answer', async () => {
    expect(await found({ projects: failing('openai-unavailable') })).toEqual([
      ACCEPTED,
      READS_COSTS,
      `warning admin-key.api.management.read: The names of projects could not be asked for (openai-unavailable). -> ${WHAT_TO_DO}`,
      END_UNSEEN,
    ]);
  });
});

describe('a key that does not work', () => {
  it.each<[SourceErrorCode, string]>([
    ['openai-key-rejected', `OpenAI does not accept the admin key. -> ${NEW_KEY}`],
    ['openai-key-missing', `There is no admin key. -> ${NEW_KEY}`],
    ['openai-unavailable', `The admin key could not be tried (openai-unavailable). -> ${WHAT_TO_DO}`],
  ])('because of %s is one finding, beside the end that a collect has seen', async (code, line) => {
    expect(await found({ costs: failing(code) })).toEqual([`failed admin-key: ${line}`, END_UNSEEN]);
  });

  it('has an end that cannot be seen where what is stored cannot be read either', async () => {
    const stored = new Error('there is no table');
    expect(await found({ costs: failing('openai-key-rejected'), stored })).toContain(END_UNSEEN);
  });

  it('is not tried where there is no address to send it to', async () => {
    expect(await found({ ask: failing('openai-base-url-invalid') })).toEqual([
      `skipped admin-key: There is an admin key, and it was not tried, as there is no address to send it to. -> ${WHAT_TO_DO}`,
      END_UNSEEN,
    ]);
  });
});

describe('a key that cannot be read from its place', () => {
  it.each<[NonNullable<Answers['key']>, string]>([
    [
      { outcome: 'unusable', message: 'The secret is empty.', fix: 'Put a key in.' },
      'failed admin-key: The secret is empty. -> Put a key in.',
    ],
    [
      { outcome: 'unknown', why: 'Nobody knows which secret it is.', fix: 'Deploy.' },
      'skipped admin-key: Nobody knows which secret it is. -> Deploy.',
    ],
    [
      { outcome: 'not-allowed', why: 'AccessDenied' },
      'skipped admin-key: You may not read the secret: AccessDenied. -> ' +
        'Run this as somebody who may read the secret; the functions do so with roles of their own.',
    ],
  ])('is told as it is: %j', async (key, line) => {
    expect(await found({ key })).toEqual([line, END_UNSEEN]);
  });
});

describe('a defect', () => {
  const defect = new TypeError('a defect');

  it.each<[string, Answers]>([
    ['the questions are made', { ask: defect }],
    ['costs are read', { costs: defect }],
    ['projects are listed', { projects: defect }],
    ['the end is looked up', { expiry: defect }],
  ])('is not taken for an answer where %s', async (_, answers) => {
    await expect(found(answers)).rejects.toThrow('a defect');
  });
});
