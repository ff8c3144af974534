// A field: a value of the document together with where it stands, and what it is in people's words.
import { budgetError, type Place } from './budget-problem.ts';
import type { Problem } from './problem.ts';
import { quoted } from './quoted.ts';
import type { SourceNode } from './source-node.ts';

export interface Field {
  readonly node: SourceNode;
  readonly path: string;
}

export function placeOf({ node, path }: Field): Place {
  return { path, line: node.line };
}

/** `a list`, `the number 5`, `"5k"`, `nothing`. */
export function described(node: SourceNode): string {
  if (node.type !== 'scalar') return `a ${node.type}`;
  switch (node.valueType) {
    case 'null':
      return 'nothing';
    case 'string':
      return quoted(node.text);
    case 'number':
      return `the number ${quoted(node.text).slice(1, -1)}`;
    case 'boolean':
      return `the boolean ${node.text}`;
  }
}

/** The text of a scalar; of lists and maps nothing, which no word and no number is. */
export function textOf(node: SourceNode): string {
  return node.type === 'scalar' ? node.text : '';
}

/** The text of a string; `null` for everything else. */
export function wordIn(node: SourceNode): string | null {
  return node.type === 'scalar' && node.valueType === 'string' ? node.text : null;
}

/** The text of a string; anything else becomes a problem. `example` shows how to write the whole entry. */
export function stringOf(field: Field, what: string, example: string, problems: Problem[]): string | null {
  const { node } = field;
  const word = wordIn(node);
  if (word !== null) return word;
  const needsQuotes = node.type === 'scalar' && node.valueType !== 'null';
  const advice = needsQuotes ? `quote it: ${quoted(node.text)}` : `write it like ${example}`;
  problems.push(
    budgetError('wrong-type', placeOf(field), `${what} is text, not ${described(node)}; ${advice}.`),
  );
  return null;
}
