// One run at a time in a state folder: a lock that the operating system releases when its holder dies, however it dies.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { BudgetAlertsError } from '../errors.ts';

const RETRY_EVERY_MS = 200;

export interface StateLock {
  release(): void;
}

/**
 * SQLite's exclusive transaction is a lock on a file: no stale lock can remain after SIGKILL, and no process id can be
 * mistaken for another. Throws `state-locked`, naming the holder, after `patienceMs`.
 */
export async function lockState(
  directory: string,
  patienceMs: number,
  onWait: (holder: string) => void = () => {},
): Promise<StateLock> {
  const holderFile = join(directory, 'lock-holder.txt');
  const database = new DatabaseSync(join(directory, 'lock.sqlite'), { timeout: 0 });
  const giveUpAt = performance.now() + patienceMs;
  for (let attempt = 0; !tryLock(database); attempt += 1) {
    const holder = holderOf(holderFile);
    if (performance.now() >= giveUpAt) {
      database.close();
      throw new BudgetAlertsError(
        'state-locked',
        `${directory} is in use by ${holder}. Wait for that run to end, or use another --state folder.`,
      );
    }
    if (attempt === 0) onWait(holder);
    await sleep(RETRY_EVERY_MS);
  }
  writeFileSync(holderFile, `process ${process.pid}, since ${new Date().toISOString()}\n`, { mode: 0o600 });
  return { release: () => database.close() };
}

function tryLock(database: DatabaseSync): boolean {
  try {
    database.exec('BEGIN EXCLUSIVE');
    return true;
  } catch (error) {
    if (error instanceof Error && error.message.includes('locked')) return false;
    throw error;
  }
}

function holderOf(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim() || 'another run';
  } catch {
    return 'another run';
  }
}
