// What may be silenced, until when and why; whom an id or a name stands for; and which silences meet.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { declareSilence, type SilenceRequest } from '../../lib/budget/declare-silence.ts';
import { findBudget, nearId } from '../../lib/budget/find-budget.ts';
import { findMember, requireMemberOf } from '../../lib/budget/find-member.ts';
import {
  activeSilences,
  overlap,
  type Silence,
  silenceOver,
  silencesOver,
} from '../../lib/budget/silence.ts';
import { BudgetAlertsError } from '../../lib/errors.ts';
import { formatInstant, plusMs } from '../../lib/time/instant.ts';
import { budgetOf, storedBudgetOf } from '../fakes/budgets-of.ts';
import { instantOf } from '../fakes/time-of.ts';

const TICK = instantOf('2026-11-20T10:00:00Z');

const declare = (change: Partial<SilenceRequest> = {}, random = 'K3-x_9pQ2z', taken: string[] = []) => {
  const request = { budgetId: 'org-monthly', member: null, until: '3d', reason: 'migration', by: 'anna' };
  return declareSilence({ ...request, ...change }, random, new Set(taken), TICK);
};
/** Why it was refused, as `code: message`. */
const refusal = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof BudgetAlertsError) return `${error.code}: ${error.message}`;
    throw error;
  }
  return 'accepted';
};

describe('a silence', () => {
  it('is what was asked for, from now on', () => {
    expect(declare({ member: 'proj_a' })).toEqual({
      id: 'org-monthly-k3x9p',
      budgetId: 'org-monthly',
      member: 'proj_a',
      until: instantOf('2026-11-23T10:00:00Z'),
      reason: 'migration',
      createdAt: TICK,
      createdBy: 'anna',
    });
  });

  it.each([
    ['until a day is until its midnight in UTC', '2026-11-21', '2026-11-21T00:00:00Z'],
    ['may end a second from now', '2026-11-20T10:00:01Z', '2026-11-20T10:00:01Z'],
    ['may last a year', '2027-11-20T10:00:00Z', '2027-11-20T10:00:00Z'],
    ['may last the 366 days of a leap year', '366d', '2027-11-21T10:00:00Z'],
  ])('%s', (_, until, expected) => {
    expect(formatInstant(declare({ until }).until)).toBe(expected);
  });

  it.each([
    ['that would be over', '2026-11-20T10:00:00Z', 'would be over already'],
    ['until the midnight before now', '2026-11-20', 'would be over already'],
    ['of the past', '2025-01-01', 'would be over already'],
    ['of more than a year', '367d', 'a year at most'],
    ['for a typing error', '30m', 'write an instant like'],
    ['until a day that does not exist', '2027-02-30', 'write an instant like'],
  ])('%s is refused', (_, until, why) => {
    expect(refusal(() => declare({ until }))).toMatch(new RegExp(`^silence-invalid: .*${why}`));
  });

  it.each([
    ['one character', 'x', 'accepted'],
    ['200 characters', 'x'.repeat(200), 'accepted'],
    ['200 emoji', '🦊'.repeat(200), 'accepted'],
    ['201 characters', 'x'.repeat(201), 'is too long'],
    ['nothing', '', 'needs a reason'],
    ['blanks', ' \t ', 'needs a reason'],
    ['two lines', 'a\nb', 'invisible character U\\+000A'],
    ['a terminal escape', 'a\u001b[2Jb', 'invisible character U\\+001B'],
    ['a change of direction', 'a\u202eb', 'invisible character U\\+202E'],
  ])('with a reason of %s', (_, reason, expected) => {
    expect(refusal(() => declare({ reason }))).toMatch(new RegExp(expected));
  });

  it('keeps the reason without the blanks around it, in one way of writing', () => {
    expect(declare({ reason: '  cafe\u0301 ' }).reason).toBe('caf\u00e9');
  });

  it('has an id of its own that can be typed and stored', () => {
    const id = fc.stringMatching(/^[A-Za-z0-9_-]{1,64}$/);
    fc.assert(
      fc.property(fc.option(id), fc.stringMatching(/^[A-Za-z0-9_-]{10}$/), (budgetId, random) => {
        const taken: string[] = [];
        for (let count = 0; count < 4; count += 1) taken.push(declare({ budgetId }, random, taken).id);
        expect(new Set(taken).size).toBe(4);
        for (const each of taken) expect(each).toMatch(/^[A-Za-z0-9_-]{1,64}$/);
      }),
    );
  });

  it('of everything is called so', () => {
    expect(declare({ budgetId: null }).id).toBe('all-k3x9p');
    expect(declare({ budgetId: 'x'.repeat(64) }).id).toBe(`${'x'.repeat(50)}-k3x9p`);
    expect(declare({ budgetId: null }, 'k3x9pq2zzz', ['all-k3x9p']).id).toBe('all-k3x9p-2');
    expect(declare({ budgetId: null }, 'k3x9pq2zzz', ['all-k3x9p', 'all-k3x9p-2']).id).toBe('all-k3x9p-3');
  });
});

describe('a budget', () => {
  const budgets = ['org-monthly', 'every-project', 'Chat_bot'].map((id) => storedBudgetOf({ id }));

  it('is found by its id', () => {
    expect(findBudget('Chat_bot', { budgets }).budget.id).toBe('Chat_bot');
  });

  it.each([
    ['org-montly', 'did you mean org-monthly?'],
    ['ORG_MONTHLY', 'did you mean org-monthly?'],
    ['every', 'did you mean every-project?'],
    ['chat-bot', 'did you mean Chat_bot?'],
    ['xyz', 'There are: Chat_bot, every-project, org-monthly.'],
    ['\u001b[2J', 'There is no budget "\\u001b[2J"'],
  ])('that is called %j is none', (id, expected) => {
    const message = refusal(() => findBudget(id, { budgets }));
    expect(message).toMatch(/^budget-unknown: /);
    expect(message).toContain(expected);
  });

  it('where there is none says how to declare one, and where there are many names ten', () => {
    expect(refusal(() => findBudget('a', { budgets: [] }))).toContain('none is declared here');
    const many = Array.from({ length: 12 }, (_, index) => storedBudgetOf({ id: `q${index}` }));
    expect(refusal(() => findBudget('xyz', { budgets: many }))).toBe(
      'budget-unknown: There is no budget "xyz". There are: q0, q1, q10, q11, q2, q3, q4, q5, q6, q7 and 2 more.',
    );
    expect(refusal(() => findBudget('xyz', { budgets: many.slice(0, 10) }))).toBe(
      'budget-unknown: There is no budget "xyz". There are: q0, q1, q2, q3, q4, q5, q6, q7, q8, q9.',
    );
  });
});

describe('an id that somebody meant', () => {
  it('differs from one without its dash', () => {
    expect(nearId('WEB-1', ['web-1', 'web1'])).toBe('web-1');
    expect(nearId('WEB 1', ['web_1', 'web1'])).toBe('web_1');
    expect(nearId('xyz', ['web-1'])).toBeNull();
  });
});

describe('a project', () => {
  const names = new Map([
    ['proj_a', 'Search'],
    ['proj_b', 'Chat'],
    ['proj_c', 'chat'],
    ['proj_d', 'proj_a'],
  ]);

  it.each([
    ['its id', 'proj_b', { member: 'proj_b', isKnown: true, near: null }],
    ['its name', 'Search', { member: 'proj_a', isKnown: true, near: null }],
    ['its name in another case', 'sEARCH', { member: 'proj_a', isKnown: true, near: null }],
    ['an id that another has for a name', 'proj_a', { member: 'proj_a', isKnown: true, near: null }],
    ['what has no project', 'unattributed', { member: 'unattributed', isKnown: true, near: null }],
    ['a slip', 'Serch', { member: 'Serch', isKnown: false, near: 'Search' }],
    ['an id of which nobody knows', 'x', { member: 'x', isKnown: false, near: null }],
  ])('is found by %s', (_, text, expected) => {
    expect(findMember(text, names)).toEqual(expected);
  });

  it('is not guessed where several have the name', () => {
    expect(refusal(() => findMember('Chat', names))).toBe(
      'member-unknown: Several are called "Chat": proj_b, proj_c.',
    );
  });

  it.each([
    [
      'has no members',
      { id: 'a' },
      'member-unknown: Budget a is one budget and has no members: leave --member out.',
    ],
    [
      'leaves it out',
      { id: 'a', each: true, except: ['proj_a'] },
      'member-unknown: Budget a leaves out "proj_a": nothing is ever said about it there.',
    ],
    ['is for each project', { each: true, except: ['proj_b'] }, 'accepted'],
  ])('in a budget that %s', (_, given, expected) => {
    expect(refusal(() => requireMemberOf(budgetOf(given), 'proj_a'))).toBe(expected);
  });
});

describe('several silences', () => {
  const silence = (id: string, more: Partial<Silence> = {}): Silence => {
    return { ...declare(), id, budgetId: null, member: null, ...more };
  };

  it('that are not over stand in the order of their ends, the last first', () => {
    const silences = [
      silence('over', { until: TICK }),
      silence('short', { until: plusMs(TICK, 1) }),
      silence('long', { until: plusMs(TICK, 2) }),
    ];
    expect(activeSilences(silences, TICK).map(({ id }) => id)).toEqual(['long', 'short']);
  });

  it.each<[string, Partial<Silence>, boolean]>([
    ['everything', {}, true],
    ['the budget', { budgetId: 'b' }, true],
    ['another budget', { budgetId: 'c' }, false],
    ['the member in every budget', { member: 'm' }, true],
    ['another member in every budget', { member: 'n' }, false],
    ['the member of the budget', { budgetId: 'b', member: 'm' }, true],
    ['another member of the budget', { budgetId: 'b', member: 'n' }, false],
    ['the member of another budget', { budgetId: 'c', member: 'm' }, false],
    ['everything until now', { until: TICK }, false],
  ])('over a member of a budget are those over %s', (_, more, expected) => {
    const only = silence('a', more);
    expect(silencesOver([only], 'b', 'm', TICK)).toEqual(expected ? [only] : []);
    expect(silenceOver([only], 'b', 'm', TICK)).toBe(expected ? only : null);
  });

  it('over one thing are all told, and the one that lasts longest is the one', () => {
    const short = silence('short', { until: plusMs(TICK, 1) });
    const long = silence('long', { budgetId: 'b', until: plusMs(TICK, 2) });
    expect(silencesOver([short, long], 'b', 'm', TICK)).toEqual([long, short]);
    expect(silenceOver([short, long], 'b', 'm', TICK)).toBe(long);
    expect(silenceOver([], 'b', 'm', TICK)).toBeNull();
  });

  it.each([
    [{}, {}, true],
    [{}, { budgetId: 'b' }, true],
    [{ member: 'm' }, { budgetId: 'b' }, true],
    [{ budgetId: 'b' }, { budgetId: 'b', member: 'm' }, true],
    [{ budgetId: 'b' }, { budgetId: 'c' }, false],
    [{ member: 'm' }, { member: 'n' }, false],
    [{ budgetId: 'b', member: 'm' }, { budgetId: 'b', member: 'n' }, false],
  ])('%j and %j are over something in common: %s', (a, b, expected) => {
    expect(overlap(silence('a', a), silence('b', b))).toBe(expected);
    expect(overlap(silence('b', b), silence('a', a))).toBe(expected);
  });
});
