// The runbook: a heading for everything that operations can be told, none for anything else, and each with a way out.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FULL, synthesizedStack } from '../infra/synthesized.ts';

const ROOT = join(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

/** The members of the union in the code, since a type is gone when a test runs. */
function noticeCodes(): string[] {
  const [, union = ''] = /export type NoticeCode =([^;]+);/.exec(read('lib/alert/notice-code.ts')) ?? [];
  return [...union.matchAll(/'(\w+)'/g)].map(([, code = '']) => code);
}

function sections(): Map<string, string> {
  const [, ...parts] = read('docs/runbook.md').split(/^## /m);
  return new Map(
    parts.map((part) => {
      const [heading = '', ...lines] = part.split('\n');
      return [heading, lines.join('\n')];
    }),
  );
}

const resources = synthesizedStack(FULL).resources;
const alarms = resources
  .filter(({ type }) => type === 'AWS::CloudWatch::Alarm')
  .map(({ logicalId }) => logicalId);

describe('the runbook', () => {
  it('has a heading for every alarm of the stack and every notice, and for nothing else', () => {
    expect(alarms).toHaveLength(4);
    expect(noticeCodes().length).toBeGreaterThan(8);
    expect([...sections().keys()].sort()).toEqual([...new Set([...alarms, ...noticeCodes()])].sort());
  });

  it.each([...sections()])('says of %s what it means, how to check, and how to fix', (_, text) => {
    for (const part of ['**It means**', '**Check**', '**Fix**']) expect(text).toContain(part);
  });

  it('looks only for resources that the stack has, each by a part of its id that no other of its type has', () => {
    const asked = [...read('docs/runbook.md').matchAll(/\(physical (AWS::[\w:]+) (\w+)\)/g)];
    expect(asked.length).toBeGreaterThan(10);
    for (const [, type = '', part = ''] of asked) {
      const found = resources.filter(
        (resource) => resource.type === type && resource.logicalId.includes(part),
      );
      expect([type, part, found.length]).toEqual([type, part, 1]);
    }
    const [, logs = ''] = /for log in ([\w ]+);/.exec(read('docs/runbook.md')) ?? [];
    const groups = resources
      .filter(({ type }) => type === 'AWS::Logs::LogGroup')
      .map(({ logicalId }) => logicalId);
    expect(groups).toEqual(expect.arrayContaining(logs.split(' ')));
  });

  it('links only to headings that it has', () => {
    const anchors = [...sections().keys()].map((heading) => heading.toLowerCase());
    const linked = [...read('docs/runbook.md').matchAll(/\]\(#(\w+)\)/g)].map(([, anchor]) => anchor);
    expect(linked.filter((anchor) => !anchors.includes(anchor ?? ''))).toEqual([]);
  });

  it('asks the command for nothing that it does not know', () => {
    const program = read('lib/cli/budget-alerts.ts');
    const asked = [
      ...read('docs/runbook.md').matchAll(/budget-alerts (status|history|apply|send-test|\w+) .*--stack/g),
    ];
    expect(asked.length).toBeGreaterThan(5);
    for (const [, command = ''] of asked) expect(program).toMatch(new RegExp(`'${command}[ ']|'${command}'`));
  });
});
