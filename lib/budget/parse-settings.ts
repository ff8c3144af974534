// Reads the settings of a budgets file: whole numbers in sensible ranges, each with a default.
import { DEFAULT_SETTINGS, SETTING_NAMES, SETTING_RANGES, type Settings } from '../spend/settings.ts';
import { budgetError } from './budget-problem.ts';
import { described, type Field, placeOf, textOf } from './field.ts';
import { fieldsOf, type Vocabulary } from './fields-of.ts';
import type { Problem } from './problem.ts';
import { quoted } from './quoted.ts';

const VOCABULARY: Vocabulary = { owner: 'the settings', keys: SETTING_NAMES, synonyms: new Map() };
const EXAMPLE = 'settings: { trailingDays: 3 }';

/** What is wrong is reported and keeps its default. */
export function parseSettings(field: Field | undefined, problems: Problem[]): Settings {
  if (field === undefined) return DEFAULT_SETTINGS;
  if (field.node.type !== 'map') {
    const message = `Settings are a map, not ${described(field.node)}; write it like ${EXAMPLE}.`;
    problems.push(budgetError('wrong-type', placeOf(field), message));
    return DEFAULT_SETTINGS;
  }
  const { present } = fieldsOf(field.node, field.path, VOCABULARY, problems);
  const settings: Record<keyof Settings, number> = { ...DEFAULT_SETTINGS };
  for (const name of SETTING_NAMES) {
    const value = present.get(name);
    if (value === undefined) continue;
    const [least, most] = SETTING_RANGES[name];
    const text = textOf(value.node);
    const number = /^\d{1,4}$/.test(text) ? Number(text) : Number.NaN;
    if (number >= least && number <= most) {
      settings[name] = number;
    } else {
      const given = value.node.type === 'scalar' ? quoted(text) : described(value.node);
      const message = `\`${name}\` is a whole number from ${least} to ${most}, not ${given}.`;
      problems.push(budgetError('setting-invalid', placeOf(value), message));
    }
  }
  return settings;
}
