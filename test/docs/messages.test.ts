// The examples of docs/messages.md are messages as they are sent: by the schema, and as the golden files have them.
import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

const page = read('docs/messages.md');
const examples = [...page.matchAll(/^```json\n(.*?)^```$/gms)].map(([, json = '']) => JSON.parse(json));
const validate = new Ajv2020({ allErrors: true }).compile(
  JSON.parse(read('lib/notify/alert-v1.schema.json')),
);
const golden = globSync('test/golden/*.message.json', { cwd: ROOT }).map((path) => JSON.parse(read(path)));

interface Texted {
  readonly text: string;
}

const cut = <T extends Texted>(value: T): T => ({ ...value, text: `${value.text.split('\n')[0]} …` });

describe('docs/messages.md', () => {
  it('has an example of every kind', () => {
    const kinds = new Set(examples.map(({ attributes }) => attributes.kind));
    expect([...kinds].sort()).toEqual(['alert', 'digest', 'heartbeat', 'operations', 'test']);
  });

  it.each(examples.map((example): [string, typeof example] => [example.title, example]))(
    'shows "%s" as it is sent',
    (_, example) => {
      validate(example);
      expect(validate.errors).toBeNull();
      const sent = golden.find(({ title }) => title === example.title);
      const { alerts, omitted, notice, ...message } = example;
      expect(cut(sent)).toMatchObject(message);
      expect(alerts.length + omitted).toBe(sent.alerts.length + sent.omitted);
      expect(alerts).toEqual(sent.alerts.slice(0, alerts.length).map(cut));
      expect(notice === undefined).toBe(omitted === 0);
    },
  );

  it('links to files that there are', () => {
    const links = [...page.matchAll(/\]\((?!https:)([^)#]+)\)/g)].map(([, path = '']) => path);
    expect(links.length).toBeGreaterThan(0);
    for (const path of links) expect(() => read(join(dirname('docs/messages.md'), path))).not.toThrow();
  });
});
