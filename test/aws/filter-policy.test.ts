// Whether a filter takes a message: what exact values decide, and what only SNS can tell.
import { describe, expect, it } from 'vitest';
import { verdictOfFilter } from '../../lib/aws/filter-policy.ts';

const MESSAGE = { kind: 'test', severity: 'warning', route: 'oncall', team: 'search' };

describe('a subscription with the filter', () => {
  it.each([
    ['', 'takes'],
    ['{}', 'takes'],
    ['{"severity":["warning"]}', 'takes'],
    ['{"severity":["critical","warning"]}', 'takes'],
    ['{"severity":["warning"],"team":["search","chat"]}', 'takes'],
    ['{"severity":["critical"]}', 'leaves-out'],
    ['{"severity":["warning"],"team":["chat"]}', 'leaves-out'],
    ['{"kind":["alert"]}', 'leaves-out'],
    ['{"project":["proj_a"]}', 'leaves-out'],
    ['{"severity":[]}', 'leaves-out'],
    ['{"severity":[{"prefix":"warn"}]}', 'unknown'],
    ['{"severity":["critical",{"anything-but":"info"}]}', 'unknown'],
    ['{"severity":["warning",{"prefix":"x"}]}', 'takes'],
    ['{"severity":[{"prefix":"warn"}],"team":["chat"]}', 'leaves-out'],
    ['{"spent":[{"numeric":[">",5]}]}', 'unknown'],
    ['{"$or":[{"severity":["critical"]},{"team":["search"]}]}', 'unknown'],
    ['{"severity":"warning"}', 'unknown'],
    ['[]', 'unknown'],
    ['no JSON', 'unknown'],
  ])('%s: %s', (policy, expected) => {
    expect(verdictOfFilter(policy, MESSAGE)).toBe(expected);
  });
});
