// Reads a whole budgets file: every budget that is sound, and everything that is wrong with the others.
import { DEFAULT_SETTINGS, type Settings } from '../spend/settings.ts';
import type { Budget } from './budget.ts';
import { budgetError, budgetWarning } from './budget-problem.ts';
import { described, type Field, placeOf } from './field.ts';
import { fieldsOf, type Vocabulary } from './fields-of.ts';
import { parseBudget } from './parse-budget.ts';
import { parseSettings } from './parse-settings.ts';
import { pathOfItem, pathOfKey } from './path-of.ts';
import type { Problem } from './problem.ts';
import { quoted } from './quoted.ts';
import type { MapNode, SourceNode } from './source-node.ts';

export interface ParsedBudgets {
  readonly settings: Settings;
  /** In the order of the file, ids distinct. */
  readonly budgets: readonly Budget[];
  /** By line; warnings among them do not keep a budget out. */
  readonly problems: readonly Problem[];
}

export const MAX_BUDGETS = 2_000;
const VOCABULARY: Vocabulary = {
  owner: 'a budgets file',
  keys: ['budgets', 'settings'],
  synonyms: new Map(),
};
const EXAMPLE = 'budgets: [{ id: org-monthly, limit: 5000, period: monthly }]';

/** All problems of all budgets at once; a budget with an error is left out and hides no other. */
export function parseBudgets(node: SourceNode): ParsedBudgets {
  const problems: Problem[] = [];
  const { entries, settings } = partsOf(node, problems);
  const budgets: Budget[] = [];
  const declared = new Map<string, Declaration>();
  for (const { node: item, path } of entries) {
    const parsed = parseBudget(item, path);
    for (const problem of parsed.problems) problems.push(problem);
    const twice = reportRepeatedId(item, path, declared, problems);
    if (parsed.budget !== null && !twice) budgets.push(parsed.budget);
  }
  return { budgets, settings, problems: problems.sort((a, b) => (a.line ?? 0) - (b.line ?? 0)) };
}

interface Parts {
  /** One for each budget. */
  readonly entries: readonly Field[];
  readonly settings: Settings;
}

function partsOf(node: SourceNode, problems: Problem[]): Parts {
  const whole: Field = { node, path: '' };
  if (node.type !== 'map') {
    const what = 'A budgets file is a map with the key budgets';
    const message = `${what}, not ${described(node)}; write it like ${EXAMPLE}.`;
    problems.push(budgetError('wrong-type', placeOf(whole), message));
    return { entries: [], settings: DEFAULT_SETTINGS };
  }
  const { present, misspelt } = fieldsOf(node, '', VOCABULARY, problems);
  const settings = parseSettings(present.get('settings'), problems);
  const list = present.get('budgets');
  if (list === undefined && !misspelt.has('budgets')) problems.push(missingList(node));
  return { entries: list === undefined ? [] : entriesOf(list, problems), settings };
}

function entriesOf(list: Field, problems: Problem[]): Field[] {
  if (list.node.type !== 'list') {
    const message = `\`budgets\` is a list, not ${described(list.node)}; write it like ${EXAMPLE}.`;
    problems.push(budgetError('wrong-type', placeOf(list), message));
    return [];
  }
  const { items } = list.node;
  const surplus = items[MAX_BUDGETS];
  if (surplus !== undefined) {
    const place = { path: pathOfItem(list.path, MAX_BUDGETS), line: surplus.line };
    const message =
      `There are ${items.length} budgets: use at most ${MAX_BUDGETS}; ` +
      '`each: project` makes one per project.';
    problems.push(budgetError('budgets-too-many', place, message));
  }
  if (items.length === 0) {
    problems.push(
      budgetWarning('budgets-empty', placeOf(list), 'No budget is declared: nothing is watched.'),
    );
  }
  return items.slice(0, MAX_BUDGETS).map((node, index) => ({ node, path: pathOfItem(list.path, index) }));
}

function missingList(node: MapNode): Problem {
  const place = { path: 'budgets', line: node.line };
  return budgetError('missing-key', place, `The key budgets is missing; write it like ${EXAMPLE}.`);
}

interface Declaration {
  readonly path: string;
  readonly line: number | null;
}

/**
 * The first budget with an id keeps it, the later ones are refused: a budget that was watched stays watched. An id counts
 * as taken even if the first budget that has it is refused for another reason.
 */
function reportRepeatedId(
  item: SourceNode,
  path: string,
  declared: Map<string, Declaration>,
  problems: Problem[],
): boolean {
  const id = item.type === 'map' ? item.entries.find(({ key }) => key === 'id')?.value : undefined;
  if (id?.type !== 'scalar' || id.valueType !== 'string') return false;
  const place: Declaration = { path: pathOfKey(path, 'id'), line: id.line };
  const first = declared.get(id.text);
  if (first === undefined) {
    declared.set(id.text, place);
    return false;
  }
  const where = first.line === null ? first.path : `${first.path} on line ${first.line}`;
  const message = `The id ${quoted(id.text)} is taken by ${where}: choose another for one of them.`;
  problems.push(budgetError('id-duplicate', place, message));
  return true;
}
