// What others' code comes with this: each version exact, each licence and reason in the README, no address in the lock file.
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

const versions = v.optional(v.record(v.string(), v.string()), {});
const manifestSchema = v.object({ dependencies: versions, devDependencies: versions });
const installedSchema = v.object({ version: v.string(), license: v.string() });

const { dependencies } = v.parse(manifestSchema, JSON.parse(read('package.json')));

/** name → version, licence and reason, of the README's table. */
const listed = new Map(
  [...read('README.md').matchAll(/^\| `([^`]+)` \| ([\d.]+) \| ([\w.-]+) \| (.+) \|$/gm)].map(
    ([, name = '', version = '', licence = '', reason = '']) => [name, { version, licence, reason }],
  ),
);

describe('a runtime dependency', () => {
  it('stands in the README, and nothing else does', () => {
    expect([...listed.keys()]).toEqual(Object.keys(dependencies).sort());
  });

  it.each(Object.keys(dependencies))('%s is listed as it is installed', (name) => {
    const installed = v.parse(installedSchema, JSON.parse(read(`node_modules/${name}/package.json`)));
    expect(listed.get(name)).toEqual({
      version: installed.version,
      licence: installed.license,
      reason: expect.stringMatching(/\w{3}/),
    });
    expect(dependencies[name]).toBe(installed.version);
  });

  it('may be used in a product under Apache-2.0', () => {
    const licences = new Set([...listed.values()].map(({ licence }) => licence));
    expect([...licences].filter((licence) => !['Apache-2.0', 'MIT', 'ISC'].includes(licence))).toEqual([]);
  });
});

describe('a version', () => {
  it.each(['package.json', ...globSync('test/*/package.json', { cwd: ROOT })])('in %s is exact', (path) => {
    const manifest = v.parse(manifestSchema, JSON.parse(read(path)));
    const wanted = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });
    expect(wanted).not.toEqual([]);
    expect(wanted.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  });

  it('in the lock file comes from whichever registry its reader uses, and is known by its content', () => {
    const lock = v.parse(
      v.object({ packages: v.record(v.string(), v.looseObject({})) }),
      JSON.parse(read('package-lock.json')),
    );
    const fetched = Object.entries(lock.packages).filter(([path]) => path.includes('node_modules/'));
    expect(fetched.length).toBeGreaterThan(100);
    expect(fetched.filter(([, entry]) => 'resolved' in entry)).toEqual([]);
    const unknown = fetched.filter(
      ([, { integrity, inBundle }]) => integrity === undefined && inBundle !== true,
    );
    expect(unknown).toEqual([]);
    expect(read('package-lock.json')).not.toMatch(/registry\./);
    expect(read('.npmrc')).toContain('omit-lockfile-registry-resolved=true');
  });
});
