// Reads `timezone`: the zone in whose days, weeks and months a budget's periods begin and end.
import { readZone, UTC } from '../time/zone.ts';
import { budgetError } from './budget-problem.ts';
import { type Field, placeOf, stringOf } from './field.ts';
import type { Problem } from './problem.ts';
import { quoted } from './quoted.ts';
import { suggest } from './suggest.ts';

/** What people write for a zone, and what no list of names is near to. */
const SYNONYMS: ReadonlyMap<string, string> = new Map([
  ['cest', 'Europe/Berlin'],
  ['cet', 'Europe/Berlin'],
  ['est', 'America/New_York'],
  ['edt', 'America/New_York'],
  ['cst', 'America/Chicago'],
  ['pst', 'America/Los_Angeles'],
  ['pdt', 'America/Los_Angeles'],
  ['bst', 'Europe/London'],
  ['ist', 'Asia/Kolkata'],
  ['jst', 'Asia/Tokyo'],
  ['germany', 'Europe/Berlin'],
]);

/** `field` is `undefined` where the budget does not say: then it is UTC. */
export function parseTimezone(field: Field | undefined, problems: Problem[]): string | null {
  if (field === undefined) return UTC;
  const name = stringOf(field, 'A timezone', 'timezone: Europe/Berlin', problems);
  if (name === null) return null;
  const read = readZone(name);
  if (read.ok) return read.zone;
  const meant = read.known ?? meantZone(name);
  const advice =
    meant === null
      ? 'write an IANA name like Europe/Berlin, or leave it out for UTC.'
      : `did you mean \`${meant}\`?`;
  problems.push(
    budgetError('timezone-unknown', placeOf(field), `There is no timezone ${quoted(name)}: ${advice}`),
  );
  return null;
}

/** The name in another case or with a slip, or of which only the city is given. */
function meantZone(name: string): string | null {
  const zones = new Map(Intl.supportedValuesOf('timeZone').map((zone) => [zone.toLowerCase(), zone]));
  const plain = name.trim().toLowerCase().replace(/[-\s]/g, '_');
  const ofCity = [...zones].find(([zone]) => zone.endsWith(`/${plain}`))?.[1];
  if (ofCity !== undefined) return ofCity;
  const meant = suggest(name, [...zones.keys()], SYNONYMS);
  return meant === null ? null : (zones.get(meant) ?? meant);
}
