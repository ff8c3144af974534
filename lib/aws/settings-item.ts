// An organization's settings as an item of the Budgets table.
import * as v from 'valibot';
import { DEFAULT_SETTINGS, SETTING_RANGES, type Settings } from '../spend/settings.ts';
import type { Item } from './item-table.ts';

export const ORGANIZATION_KEY = 'organization';

function setting(name: keyof Settings) {
  const [least, most] = SETTING_RANGES[name];
  const inRange = v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most));
  return v.fallback(inRange, DEFAULT_SETTINGS[name]);
}

const schema: v.GenericSchema<unknown, Settings> = v.object({
  trailingDays: setting('trailingDays'),
  revisionDays: setting('revisionDays'),
  staleAfterHours: setting('staleAfterHours'),
  missingDayAfterHours: setting('missingDayAfterHours'),
  failingAfterHours: setting('failingAfterHours'),
});

export function settingsItem(pk: string, settings: Settings): Item {
  return { pk, sk: ORGANIZATION_KEY, ...settings };
}

/** What is absent or cannot be read has its default: no setting is worth a run. */
export function readSettings(item: unknown): Settings {
  return v.parse(schema, item ?? {});
}
