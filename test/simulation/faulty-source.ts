// OpenAI as a collect meets it: the true spend as it is shown now, in pages that fail, dawdle, or leave days out.

import type { SpendKind } from '../../lib/spend/catalogue.ts';
import { type Dataset, rowMeasures } from '../../lib/spend/dataset.ts';
import {
  type SourceBucket,
  SourceError,
  type SourceRow,
  type UsageSource,
} from '../../lib/spend/usage-source.ts';
import { endOfDay, startOfDay, utcDayOf } from '../../lib/time/utc-day.ts';
import { bucketsInto } from '../fakes/buckets-into.ts';
import { amountOfNano, instant } from './as-declared.ts';
import { type Chance, pick } from './chance.ts';
import type { Fault, Faults } from './faults.ts';
import type { KnownSpend } from './known-spend.ts';
import { mayDie } from './may-die.ts';
import { type DayContent, EMPTY_DAY, type Measured, NO_PROJECT, type TrueSpend } from './true-spend.ts';
import { DAY, dayNumber } from './utc-periods.ts';
import type { Program, VirtualTime } from './virtual-time.ts';

interface World {
  readonly time: VirtualTime;
  readonly faults: Faults;
  readonly chance: Chance;
  readonly truth: TrueSpend;
  readonly knownOf: (measure: Measured) => KnownSpend;
}

const TOOK_MS = 300;
const PAGE_DAYS = 31;
/** How long an answer that is wrong stays wrong: long enough to be believed, and right again at the next commit. */
const SPELL_MS = 2 * 3_600_000;

const PROJECT_NAMES = new Map(['a', 'b', 'c'].map((letter) => [`proj_${letter}`, `Project ${letter}`]));

const FAILURES = [
  'openai-unavailable',
  'openai-answer-malformed',
  'openai-key-rejected',
  'openai-not-found',
] as const;

function measureOfKind(kind: SpendKind): Measured {
  return kind === 'costs' ? 'cost' : 'tokens';
}

export function faultySource(program: Program, world: World): UsageSource {
  const { time, faults, chance, truth, knownOf } = world;
  const strikes = (fault: Fault) => faults.strikes(fault, time.now(), program);

  /** A read leaves nothing behind: whether its program died before it or after it is the same. */
  function request<T>(deadline: number, effect: () => T): Promise<T> {
    return mayDie(program, world, null, async () => {
      if (strikes('source takes too long')) {
        await time.operation(program, Math.max(1, deadline - time.now() - program.skewMs), () => {});
        throw new SourceError('openai-deadline', 'The simulated source took too long.');
      }
      const fails = strikes('source fails');
      const limits = strikes('source limits the rate');
      const answer = await time.operation(program, TOOK_MS, effect);
      if (limits) throw new SourceError('openai-rate-limited', 'The simulated source limits the rate.');
      if (fails) {
        const code = pick(FAILURES, chance('failure', Math.floor(time.now() / SPELL_MS)));
        throw new SourceError(code, 'The simulated source failed.');
      }
      return answer;
    });
  }

  /** `null`: no bucket at all. */
  function answerOf(measure: Measured, day: number): DayContent | null {
    const now = time.now();
    const spell = Math.floor(now / SPELL_MS);
    const where = () => `${measure} of day ${day} in spell ${spell}`;
    // The day that goes on is always there: a source that leaves it out would be stale, which is another matter.
    const isOver = (day + 1) * DAY <= now;
    if (isOver && faults.happens('day answered without a bucket', now, where, day, spell)) return null;
    if (isOver && faults.happens('day answered empty', now, where, day, spell)) return EMPTY_DAY;
    return truth.shownAt(measure, day, now);
  }

  return {
    async *pages(dataset, range, deadline, newRows) {
      const measure = measureOfKind(dataset.kind);
      const known = knownOf(measure);
      const first = dayNumber(startOfDay(range.from));
      const until = dayNumber(startOfDay(range.until));
      try {
        for (let from = first; from < until; from += PAGE_DAYS) {
          const buckets = await request(deadline, () => {
            const buckets: SourceBucket[] = [];
            for (let day = from; day < Math.min(until, from + PAGE_DAYS); day += 1) {
              known.asked(program.name, day);
              const content = answerOf(measure, day);
              if (content === null) continue;
              known.answered(program.name, day, content, time.now());
              buckets.push(bucketOf(dataset, day, content));
            }
            return buckets;
          });
          yield bucketsInto(newRows, buckets);
        }
      } catch (error) {
        known.dropped(program.name);
        throw error;
      }
    },
    projectNames: (deadline) => request(deadline, () => PROJECT_NAMES),
    userNames: (deadline) => request(deadline, () => new Map()),
    apiKeyNames: (_projects, _wanted, deadline) => request(deadline, () => new Map()),
    keyExpiry: (deadline) => request(deadline, () => null),
  };
}

const ROWS = new WeakMap<DayContent, readonly SourceRow[]>();

function bucketOf(dataset: Dataset, day: number, content: DayContent): SourceBucket {
  const rows = ROWS.get(content) ?? rowsOf(dataset, content);
  ROWS.set(content, rows);
  const utcDay = utcDayOf(instant(day * DAY));
  return { start: startOfDay(utcDay), end: endOfDay(utcDay), rows };
}

/** Now and then OpenAI sends a line in two rows, which are to be added up. */
function rowsOf(dataset: Dataset, { lines }: DayContent): SourceRow[] {
  return lines.flatMap(({ project, item, amount }): SourceRow[] => {
    const id = project === NO_PROJECT ? null : project;
    if (dataset.kind !== 'costs') {
      const values = rowMeasures(dataset).map((name) =>
        name === 'output_tokens' ? amountOfNano(amount) : null,
      );
      return [{ dimensions: [id, 'gpt-5'], values }];
    }
    const half = Math.floor(amount / 3);
    const parts = amount % 5 === 0 ? [half, amount - half] : [amount];
    return parts.map((part) => ({ dimensions: [id, item, 'usd'], values: [amountOfNano(part)] }));
  });
}
