// What an organization may set about reading: how far back, and how long silence and failure are nobody's business.

export interface Settings {
  /** Ended days that every run reads again, besides today. */
  readonly trailingDays: number;
  /** Ended days that are read again once a week, for late revisions. */
  readonly revisionDays: number;
  /** A source is stale when none of its reads has succeeded for so long. */
  readonly staleAfterHours: number;
  /** … or when a day that ended so long ago is still missing. */
  readonly missingDayAfterHours: number;
  /** Operations hear of a failure that may pass by itself when it has lasted so long. */
  readonly failingAfterHours: number;
}

/** With three trailing days a day is last read 71 hours after its end, when OpenAI has long finished with it. */
export const DEFAULT_SETTINGS: Settings = {
  trailingDays: 3,
  revisionDays: 35,
  staleAfterHours: 6,
  missingDayAfterHours: 36,
  failingAfterHours: 1,
};

/** Both ends included. */
export const SETTING_RANGES: Readonly<Record<keyof Settings, readonly [least: number, most: number]>> = {
  trailingDays: [1, 30],
  revisionDays: [7, 90],
  staleAfterHours: [2, 168],
  missingDayAfterHours: [24, 168],
  failingAfterHours: [0, 168],
};

export const SETTING_NAMES = Object.keys(SETTING_RANGES) as readonly (keyof Settings)[];
