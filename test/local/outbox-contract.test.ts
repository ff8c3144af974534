// The outbox does what every notifier must.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OUTBOX_FILE, openOutbox } from '../../lib/local/outbox-notifier.ts';
import { notifierContract } from '../contract/notifier.contract.ts';

notifierContract(async () => {
  const directory = mkdtempSync(join(tmpdir(), 'budget-alerts-outbox-'));
  const path = join(directory, OUTBOX_FILE);
  return {
    notifier: openOutbox(directory, OUTBOX_FILE),
    received: async () => (existsSync(path) ? readFileSync(path, 'utf8').split('\n').slice(0, -1) : []),
    breakChannel: async () => {
      mkdirSync(path);
    },
    async [Symbol.asyncDispose]() {
      rmSync(directory, { recursive: true, force: true });
    },
  };
});
