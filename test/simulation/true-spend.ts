// What an organization really spends, to the billionth, and what OpenAI says of it at any time: late, and revised later.
import { type Chance, pick, within } from './chance.ts';
import { type Nano, ONE } from './declared.ts';
import type { Faults } from './faults.ts';
import { DAY, HOUR } from './utc-periods.ts';

/** Lines of a day as OpenAI shows them at some time. */
export interface DayContent {
  /** Equal contents have equal texts. */
  readonly text: string;
  readonly lines: readonly { readonly project: string; readonly item: string; readonly amount: Nano }[];
  readonly byProject: ReadonlyMap<string, Nano>;
}

export const EMPTY_DAY: DayContent = { text: '', lines: [], byProject: new Map() };

export type Measured = 'cost' | 'tokens';

export interface TrueSpend {
  /** What is shown at `time`, whatever ails the endpoint at the moment. */
  shownAt(measure: Measured, day: number, time: number): DayContent;
}

/** The name that the program has for spend without a project. */
export const NO_PROJECT = 'unattributed';

const ITEMS = ['gpt-5, input', 'gpt-5, output'] as const;
const MOST_USUAL_DAY: Readonly<Record<Measured, number>> = { cost: 8, tokens: 40_000 };

interface Showing {
  readonly from: number;
  readonly content: DayContent;
}

export function trueSpend(chance: Chance, faults: Faults): TrueSpend {
  const projects = ['proj_a', 'proj_b', 'proj_c'].slice(0, within(1, 3, chance('projects')));
  if (chance('unattributed') < 0.2) projects.push(NO_PROJECT);
  const days = new Map<string, readonly Showing[]>();

  function showingsOf(measure: Measured, day: number): readonly Showing[] {
    const draw = (what: string, position = 0) => chance(`${measure} ${what}`, day, position);
    const spike = draw('spike') < 0.12 ? within(2, 8, draw('height')) : 1;
    const quiet = draw('quiet') < 0.08;
    const most = MOST_USUAL_DAY[measure] * spike;
    const whole = projects.flatMap((project, position) => {
      if (quiet || draw('absent', position) < 0.25) return [];
      return ITEMS.map((item, which) => {
        const units = draw('units', position * 2 + which) * most;
        const amount = measure === 'tokens' ? Math.floor(units) * ONE : Math.floor(units * ONE);
        return { project, item, amount };
      });
    });
    const showings: Showing[] = [];
    const show = (from: number, share: number, by = 1) => {
      const lines = whole.map(({ amount, ...line }) => {
        const shown = Math.floor(amount * share * by);
        return { ...line, amount: measure === 'tokens' ? shown - (shown % ONE) : shown };
      });
      const content = contentOf(lines);
      if (content.text !== showings.at(-1)?.content.text) showings.push({ from, content });
    };
    const start = day * DAY;
    const stages = within(1, 3, draw('stages'));
    const late = faults.happens('day shown late', start, () => `${measure} of day ${day}`, day, 0)
      ? within(6, 60, draw('late')) * HOUR
      : 0;
    let shownAt = start;
    for (let stage = 1; stage <= stages; stage += 1) {
      shownAt = start + (stage * DAY) / stages - 1 + within(0, 5, draw('lag', stage)) * HOUR + late;
      show(shownAt, stage / stages);
    }
    const revise = (after: number, by: number) => {
      shownAt = Math.max(shownAt + 1, start + after);
      show(shownAt, 1, by);
    };
    const struck = (fault: Parameters<Faults['happens']>[0]) =>
      faults.happens(fault, start, () => `${measure} of day ${day}`, day, 0);
    if (struck('day revised up')) revise(DAY + within(1, 50, draw('up after')) * HOUR, 1 + draw('up') * 2);
    if (struck('day revised down')) revise(DAY + within(1, 60, draw('down after')) * HOUR, draw('down'));
    if (struck('day revised weeks later')) {
      revise(within(5, 20, draw('weeks after')) * DAY, pick([0.1, 0.9, 1.5, 4], draw('weeks')));
    }
    return showings;
  }

  return {
    shownAt(measure, day, time) {
      const key = `${measure} ${day}`;
      const showings = days.get(key) ?? showingsOf(measure, day);
      days.set(key, showings);
      return showings.findLast(({ from }) => from <= time)?.content ?? EMPTY_DAY;
    },
  };
}

function contentOf(lines: DayContent['lines']): DayContent {
  const shown = lines.filter(({ amount }) => amount > 0);
  if (shown.length === 0) return EMPTY_DAY;
  const byProject = new Map<string, Nano>();
  for (const { project, amount } of shown) byProject.set(project, (byProject.get(project) ?? 0) + amount);
  return { text: JSON.stringify(shown), lines: shown, byProject };
}
