// Ports that end this process with SIGKILL at one chosen call, and tell whoever reads standard output which calls were made.
import { writeSync } from 'node:fs';
import type { ItemTable } from '../../lib/aws/item-table.ts';
import type { Notifier } from '../../lib/notify/notifier.ts';
import type { UsageSource } from '../../lib/spend/usage-source.ts';

/** `before`: the call has no effect. `after`: it has its effect, and nobody hears of it. */
export interface Death {
  /** Counted from 1 over all ports; 0: never. */
  readonly call: number;
  readonly moment: 'before' | 'after';
}

export interface DyingPorts {
  table(name: string, table: ItemTable): ItemTable;
  notifier(name: string, notifier: Notifier): Notifier;
  source(source: UsageSource): UsageSource;
}

/** Each call is one line when it begins, `> 7 put ledger …`, and one when it has ended, `< 7 put ledger …`. */
export function dyingPorts(death: Death): DyingPorts {
  let calls = 0;

  function begin(what: string): () => void {
    calls += 1;
    const call = calls;
    dieIf(call === death.call && death.moment === 'before');
    say('>', call, what);
    return () => {
      say('<', call, what);
      dieIf(call === death.call && death.moment === 'after');
    };
  }

  async function around<Result>(what: string, call: () => Promise<Result>): Promise<Result> {
    const end = begin(what);
    const result = await call();
    end();
    return result;
  }

  return {
    table: (name, table) => ({
      get: (pk, sk, options) => around(`get ${name} ${sk}`, () => table.get(pk, sk, options)),
      query: (pk, range, options) => around(`query ${name}`, () => table.query(pk, range, options)),
      put: (item, condition) => around(`put ${name} ${item.sk}`, () => table.put(item, condition)),
      delete: (pk, sk, condition) => around(`delete ${name} ${sk}`, () => table.delete(pk, sk, condition)),
    }),
    notifier: (name, notifier) => ({
      audience: () => around(`audience ${name}`, () => notifier.audience()),
      deliver: (message) => around(`deliver ${name}`, () => notifier.deliver(message)),
    }),
    source: (source) => ({
      async *pages(...reading) {
        const end = begin(`pages ${reading[0].kind}`);
        yield* source.pages(...reading);
        end();
      },
      projectNames: (deadline) => around('names project', () => source.projectNames(deadline)),
      userNames: (deadline) => around('names user', () => source.userNames(deadline)),
      apiKeyNames: (...wanted) => around('names api_key', () => source.apiKeyNames(...wanted)),
      keyExpiry: (deadline) => around('key-expiry', () => source.keyExpiry(deadline)),
    }),
  };
}

function dieIf(isTime: boolean): void {
  if (isTime) process.kill(process.pid, 'SIGKILL');
}

/** At once, so that the line is out before whatever comes next. */
function say(direction: '>' | '<', call: number, what: string): void {
  writeSync(process.stdout.fd, `${direction} ${call} ${what}\n`);
}
