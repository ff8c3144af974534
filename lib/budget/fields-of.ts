// Reads a map of known keys: strange keys and repeated ones become problems, the others become fields.
import { budgetError, type Place } from './budget-problem.ts';
import type { Field } from './field.ts';
import { pathOfKey } from './path-of.ts';
import type { Problem } from './problem.ts';
import { quoted } from './quoted.ts';
import type { MapNode } from './source-node.ts';
import { suggest } from './suggest.ts';

export interface Vocabulary {
  /** What has these keys: `a budget`. */
  readonly owner: string;
  readonly keys: readonly string[];
  /** Words that people write instead, in lower case → what to write: a key or a piece of YAML. */
  readonly synonyms: ReadonlyMap<string, string>;
}

export interface Fields {
  /** By key; of a repeated key, the first. */
  readonly present: ReadonlyMap<string, Field>;
  /** What strange keys were likely meant to be: calling those keys missing as well would only confuse. */
  readonly misspelt: ReadonlySet<string>;
}

export function fieldsOf(map: MapNode, path: string, vocabulary: Vocabulary, problems: Problem[]): Fields {
  const present = new Map<string, Field>();
  const misspelt = new Set<string>();
  for (const entry of uniqueEntries(map, path, problems)) {
    if (vocabulary.keys.includes(entry.key)) {
      present.set(entry.key, { node: entry.value, path: entry.place.path });
      continue;
    }
    const meant = suggest(entry.key, vocabulary.keys, vocabulary.synonyms);
    if (meant !== null) misspelt.add(meant);
    problems.push(budgetError('unknown-key', entry.place, strangeKey(entry.key, meant, vocabulary)));
  }
  return { present, misspelt };
}

interface Entry {
  readonly key: string;
  readonly place: Place;
  readonly value: Field['node'];
}

/** The entries of a map, in source order; a key that repeats becomes a problem and only its first entry is kept. */
export function uniqueEntries(map: MapNode, path: string, problems: Problem[]): Entry[] {
  const firstLines = new Map<string, number | null>();
  const entries: Entry[] = [];
  for (const { key, keyLine, value } of map.entries) {
    const place = { path: pathOfKey(path, key), line: keyLine };
    const firstLine = firstLines.get(key);
    if (firstLine === undefined) {
      firstLines.set(key, keyLine);
      entries.push({ key, place, value });
    } else {
      const lines = firstLine === null ? '' : `, on lines ${firstLine} and ${keyLine}`;
      problems.push(budgetError('duplicate-key', place, `${quoted(key)} is given twice${lines}: keep one.`));
    }
  }
  return entries;
}

function strangeKey(key: string, meant: string | null, { owner, keys }: Vocabulary): string {
  if (key === '<<') return 'YAML merge keys ("<<") are not supported: write the keys out in each budget.';
  const all = keys.length === 1 ? `the only key is ${keys[0]}.` : `the keys are ${keys.join(', ')}.`;
  const advice = meant === null ? all : `did you mean \`${meant}\`?`;
  return `${quoted(key)} is not a key of ${owner}: ${advice}`;
}
