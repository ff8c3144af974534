// What Vitest's map of a file does not say: where its functions begin, and what an `if` runs where its condition holds.
import { parseAst } from 'vitest/node';

/** Offsets in a source in UTF-16 units; the end is exclusive. */
export interface Stretch {
  readonly from: number;
  readonly until: number;
}

export interface CodeStructure {
  readonly functionStarts: readonly number[];
  /** Where an `if` begins → the statement after its condition. */
  readonly consequents: ReadonlyMap<number, Stretch>;
}

interface Node extends Record<string, unknown> {
  readonly type: string;
  readonly start: number;
  readonly end: number;
}

const FUNCTIONS = /^(?:FunctionDeclaration|FunctionExpression|ArrowFunctionExpression|MethodDefinition)$/;

export function codeStructure(source: string): CodeStructure {
  const functionStarts: number[] = [];
  const consequents = new Map<number, Stretch>();
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) for (const one of value) visit(one);
    if (!isNode(value)) return;
    if (FUNCTIONS.test(value.type)) functionStarts.push(value.start);
    if (value.type === 'IfStatement' && isNode(value.consequent)) {
      const { type, start, end } = value.consequent;
      const brace = type === 'BlockStatement' ? 1 : 0;
      consequents.set(value.start, { from: start + brace, until: end - brace });
    }
    for (const child of Object.values(value)) visit(child);
  };
  visit(parseAst(source, { lang: 'ts' }));
  return { functionStarts, consequents };
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value;
}
