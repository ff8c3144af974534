// When people and machines work: how traffic spreads over a week and over a day.

export interface Rhythm {
  /** Monday first; 1 is a planned day. */
  readonly weekdays: readonly number[];
  /** 24 UTC hours in proportion to each other. */
  readonly hours: readonly number[];
}

const OFFICE_WEEK = [1, 1.05, 1.05, 1, 0.9, 0.2, 0.15];

export const RHYTHMS = {
  /** Staff in Europe. */
  office: {
    weekdays: OFFICE_WEEK,
    hours: [0, 0, 0, 0, 0, 1, 3, 8, 12, 13, 12, 8, 10, 13, 13, 11, 7, 3, 2, 1, 1, 1, 0, 0],
  },
  /** The public, with a lunch and an evening peak. */
  public: {
    weekdays: [1, 1, 1, 1, 0.95, 0.6, 0.55],
    hours: [2, 1, 1, 1, 1, 2, 4, 6, 7, 8, 9, 10, 10, 9, 8, 8, 8, 9, 10, 10, 9, 7, 5, 3],
  },
  /** Scheduled before dawn. */
  nightly: {
    weekdays: [1, 1, 1, 1, 1, 0.45, 0.45],
    hours: [0, 6, 10, 9, 4, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
  },
  /** What is stored costs the same at any hour. */
  constant: {
    weekdays: [1, 1, 1, 1, 1, 1, 1],
    hours: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1],
  },
} as const satisfies Record<string, Rhythm>;

export type RhythmName = keyof typeof RHYTHMS;
