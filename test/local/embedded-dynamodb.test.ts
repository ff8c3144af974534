// The embedded DynamoDB keeps what it answered, over an orderly end and over SIGKILL, and gets up after any of them.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startEmbeddedDynamoDb } from '../../lib/local/embedded-dynamodb.ts';

let parent: string;
let directory: string;

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'budget-alerts-embedded-'));
  directory = join(parent, 'state', 'dynamodb');
});

afterEach(() => rm(parent, { recursive: true }));

/** A program of its own, which can be killed. */
function programOf(name: string): ChildProcess {
  return spawn(process.execPath, [join(import.meta.dirname, name), directory], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

describe('the embedded DynamoDB', () => {
  it('creates its folder and its tables, and listens on this machine only', async () => {
    const { endpoint, tables, close } = await startEmbeddedDynamoDb({ directory });
    expect(endpoint).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    for (const table of Object.values(tables)) {
      expect(await table.put({ pk: 'a', sk: 'b', version: 1 }, 'absent')).toBe('written');
    }
    expect((await stat(directory)).mode & 0o777).toBe(0o700);
    await close();
    await expect(fetch(endpoint)).rejects.toThrow();
  });

  it('finds everything again after an orderly end', async () => {
    const first = await startEmbeddedDynamoDb({ directory });
    await first.tables.ledger.put({ pk: 'a', sk: 'b', version: 1, rows: Uint8Array.from([1, 2]) }, 'none');
    await first.close();
    const second = await startEmbeddedDynamoDb({ directory });
    expect(await second.tables.ledger.get('a', 'b', { consistent: true })).toMatchObject({ version: 1 });
    expect(await second.tables.spend.get('a', 'b', { consistent: true })).toBeNull();
    expect(await second.tables.ledger.put({ pk: 'a', sk: 'b', version: 2 }, 'absent')).toBe('refused');
    await second.close();
  });

  it('keeps every write that it answered when its process is killed', async () => {
    const writer = programOf('writes-until-killed.ts');
    const answered: string[] = [];
    for await (const line of createInterface({ input: writer.stdout ?? process.stdin })) {
      answered.push(line);
      if (answered.length === 60) writer.kill('SIGKILL');
    }
    const { tables, close } = await startEmbeddedDynamoDb({ directory });
    const found = await tables.spend.query('a', { from: '0', to: ':' }, { consistent: true });
    expect(found.map(({ sk }) => sk)).toEqual(expect.arrayContaining(answered));
    expect(answered.length).toBeGreaterThanOrEqual(60);
    await close();
  });

  it('starts though it was killed while creating its tables', async () => {
    const creator = programOf('killed-while-creating.ts');
    await once(creator, 'exit');
    expect(creator.signalCode).toBe('SIGKILL');
    const { tables, close } = await startEmbeddedDynamoDb({ directory });
    for (const table of Object.values(tables)) {
      expect(await table.put({ pk: 'a', sk: 'b' }, 'absent')).toBe('written');
    }
    await close();
  });
});
