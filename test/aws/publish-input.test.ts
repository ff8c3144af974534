// The parameters of Publish: within the limits of SNS for any message, since SNS refuses what is not as a whole.
import { describe, expect, it } from 'vitest';
import { MAX_PUBLISH_BYTES, publishInput } from '../../lib/aws/publish-input.ts';
import { messageOf, stormOf } from '../fakes/message-of.ts';
import { publishedBytes } from '../fakes/published-bytes.ts';

const TOPIC = 'arn:aws:sns:us-east-1:111122223333:alerts';

const attributesOf = (message: Parameters<typeof publishInput>[0]) =>
  Object.fromEntries(
    Object.entries(publishInput(message, TOPIC).MessageAttributes ?? {}).map(([name, value]) => [
      name,
      value.StringValue,
    ]),
  );

describe('the size', () => {
  it.each([1, 100, 20_000])('of %i alerts is at most 256 KiB, attributes and subject included', (count) => {
    const input = publishInput(stormOf(count, { labels: { team: 'x'.repeat(200) } }), TOPIC);
    expect(publishedBytes(input)).toBeLessThanOrEqual(256 * 1024);
    expect(MAX_PUBLISH_BYTES).toBe(262_144);
  });
});

describe('the JSON for programs', () => {
  it('leaves room for the envelope of its event, even where the text for people is short', () => {
    const input = publishInput({ ...stormOf(2_000), text: 'x' }, TOPIC);
    const event = JSON.stringify({
      Message: JSON.parse(input.Message ?? '').default,
      Subject: input.Subject,
    });
    expect(Buffer.byteLength(event)).toBeGreaterThan(250 * 1024);
    expect(Buffer.byteLength(event) + 2_048).toBeLessThanOrEqual(256 * 1024);
  });
});

describe('the attributes', () => {
  it('are kind, severity, the ids that all alerts share, and the labels', () => {
    const labels = { team: 'platform', 'cost.center': '42' };
    expect(attributesOf(messageOf({ scope: { project: 'proj_a' }, labels }))).toEqual({
      kind: 'alert',
      route: 'default',
      severity: 'warning',
      organization: 'default',
      budgetId: 'org-monthly',
      projectId: 'proj_a',
      ...labels,
    });
    expect(attributesOf(messageOf({ id: 'a', budgetId: 'a' }, { id: 'b', budgetId: 'b' }))).toEqual({
      kind: 'alert',
      route: 'default',
      severity: 'warning',
      organization: 'default',
    });
  });

  it('name the code of a message about the system', () => {
    const message = messageOf({});
    const attributes = {
      kind: 'operations',
      severity: 'critical',
      organization: 'default',
      code: 'CheckNotRunning',
      labels: {},
    } as const;
    expect(attributesOf({ ...message, alerts: [], attributes })).toEqual({
      kind: 'operations',
      severity: 'critical',
      organization: 'default',
      code: 'CheckNotRunning',
    });
  });

  it.each([
    ['an empty value', { team: '' }],
    ['a control', { team: 'a\u0000b' }],
    ['half a character', { team: '\ud83d' }],
    ['a value without end', { team: 'x'.repeat(300) }],
    ['a name with a blank', { 'my team': 'a' }],
    ['a name with two periods', { 'a..b': 'a' }],
    ['a name that ends in a period', { 'a.': 'a' }],
    ['a name of AWS', { 'AWS.team': 'a' }],
    ['a name of Amazon', { 'amazon.team': 'a' }],
    ['a name without end', { ['x'.repeat(300)]: 'a' }],
    ['the name of another attribute', { severity: 'critical' }],
  ])('leave out %s, and the message is sent', (_, labels) => {
    expect(attributesOf(messageOf({ labels: { ...labels, env: 'prod' } }))).toEqual({
      kind: 'alert',
      route: 'default',
      severity: 'warning',
      organization: 'default',
      budgetId: 'org-monthly',
      env: 'prod',
    });
  });

  it('are ten at most, the own ones among them', () => {
    const labels = Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`label${index}`, 'x']));
    const names = Object.keys(attributesOf(messageOf({ labels })));
    expect(names).toHaveLength(10);
    expect(names).toEqual(expect.arrayContaining(['kind', 'severity', 'organization', 'route', 'label5']));
  });

  it('are without the ids before a label is left out, since nobody filters by ids', () => {
    const labels = Object.fromEntries(['a', 'b', 'c', 'd', 'e'].map((name) => [name, 'x']));
    const names = Object.keys(attributesOf(messageOf({ scope: { project: 'proj_a' }, labels })));
    expect(names.sort()).toEqual([
      'a',
      'b',
      'budgetId',
      'c',
      'd',
      'e',
      'kind',
      'organization',
      'route',
      'severity',
    ]);
  });

  it('carry names that JavaScript has uses for', () => {
    const labels = { constructor: 'builder', toString: 'x' };
    expect(attributesOf(messageOf({ labels }))).toMatchObject(labels);
  });
});
