// Histories in which a run dies: what was done before it, what it finds, and what must have been said in the end.

export type Days = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** What OpenAI says: day → project → dollars; day → project → tokens. */
export interface Spend {
  readonly costs: Days;
  readonly tokens?: Days;
}

interface Step extends Spend {
  readonly at: string;
}

export interface CrashWorld {
  readonly yaml: string;
  /** Runs that ended well. */
  readonly before: readonly Step[];
  /** Nobody is told of this project until then. */
  readonly silence?: { readonly member: string; readonly until: string };
  readonly dying: Step;
  /** The next run, over what the dying one found. */
  readonly restartAt: string;
  /** Sums that a dataset had before the dying run and has after it: never a mixture. */
  readonly sums: readonly (readonly [old: Sums, whole: Sums])[];
  /** `<budget> <project or -> <threshold>` */
  readonly alerts: readonly string[];
}

/** `<budget> <project or ->` → spent. */
type Sums = Readonly<Record<string, string>>;

/**
 * A day restated, a day anew, three alerts on two latches in one message. By hand: a has 8.50, then 10.01; b has 1, then
 * 1 + 9.05; all have 9.50, then 20.06.
 */
export const SMALL_WORLD: CrashWorld = {
  yaml: `budgets:
  - { id: each, each: project, limit: 10, period: { from: 2026-11-18, to: 2026-11-21 } }
  - { id: all, limit: 40, thresholds: [50%], period: { from: 2026-11-18, to: 2026-11-21 } }
`,
  before: [
    { at: '2026-11-18T10:00:00Z', costs: { '2026-11-18': { a: '5' } } },
    { at: '2026-11-19T10:00:00Z', costs: { '2026-11-18': { a: '8.5', b: '1' } } },
  ],
  dying: {
    at: '2026-11-20T10:00:00Z',
    costs: { '2026-11-18': { a: '10.01', b: '1' }, '2026-11-19': { b: '9.05' } },
  },
  restartAt: '2026-11-20T11:00:00Z',
  sums: [
    [
      { 'each a': '8.5', 'each b': '1', 'all -': '9.5' },
      { 'each a': '10.01', 'each b': '10.05', 'all -': '20.06' },
    ],
  ],
  alerts: ['each a 80%', 'each a 100%', 'each b 100%', 'all - 50%'],
};

/**
 * Ten days later: the weekly reading of the past with its sweep, eleven days that were never read, two datasets, and an
 * alert that is held back and told when its silence is over. By hand: a has 9 + 2.5, c has 3 + 12.
 */
export const LARGE_WORLD: CrashWorld = {
  yaml: `budgets:
  - { id: each, each: project, limit: 10, period: monthly }
  - { id: tokens, measure: completions.output_tokens, limit: 1000, thresholds: [60%], period: monthly }
`,
  before: [
    { at: '2026-11-08T10:00:00Z', costs: { '2026-11-07': { a: '1', c: '3' } }, tokens: {} },
    {
      at: '2026-11-09T10:00:00Z',
      costs: { '2026-11-07': { a: '9', c: '3' } },
      tokens: { '2026-11-08': { a: '500' } },
    },
  ],
  silence: { member: 'c', until: '2026-11-20T10:30:00Z' },
  dying: {
    at: '2026-11-20T10:00:00Z',
    costs: { '2026-11-07': { a: '9', c: '3' }, '2026-11-15': { a: '2.5', c: '12' } },
    tokens: { '2026-11-08': { a: '510' }, '2026-11-19': { a: '200', c: '7' } },
  },
  restartAt: '2026-11-20T11:00:00Z',
  sums: [
    [
      { 'each a': '9', 'each c': '3' },
      { 'each a': '11.5', 'each c': '15' },
    ],
    [{ 'tokens -': '500' }, { 'tokens -': '717' }],
  ],
  alerts: ['each a 80%', 'each a 100%', 'each c 100%', 'tokens - 60%'],
};
