// One run at a time in a state folder, and no lock that outlives its holder.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lockState } from '../../lib/local/state-lock.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'budget-alerts-lock-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const MODULE = join(import.meta.dirname, '../../lib/local/state-lock.ts');

describe('the lock of a state folder', () => {
  it('keeps a second run out, names the holder, and is free when released', async () => {
    const first = await lockState(directory, 0);
    await expect(lockState(directory, 300)).rejects.toMatchObject({
      code: 'state-locked',
      message: expect.stringContaining(`process ${process.pid}`),
    });
    first.release();
    (await lockState(directory, 0)).release();
  });

  it('is waited for, with a word about whom for', async () => {
    const first = await lockState(directory, 0);
    const heard: string[] = [];
    const second = lockState(directory, 5_000, (holder) => heard.push(holder));
    await new Promise((resolve) => setTimeout(resolve, 50));
    first.release();
    (await second).release();
    expect(heard).toEqual([expect.stringContaining(`process ${process.pid}`)]);
  });

  it('ends with its holder, even if that is killed', async () => {
    const script = `import { lockState } from ${JSON.stringify(MODULE)};
      await lockState(${JSON.stringify(directory)}, 0); console.log('held'); setInterval(() => {}, 1000);`;
    const holder = spawn(process.execPath, ['--input-type=module', '--eval', script]);
    await once(holder.stdout, 'data');
    await expect(lockState(directory, 0)).rejects.toMatchObject({
      message: expect.stringContaining(`process ${holder.pid}`),
    });
    holder.kill('SIGKILL');
    await once(holder, 'exit');
    (await lockState(directory, 0)).release();
  });
});
