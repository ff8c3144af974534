// Reads YAML 1.2 (and so JSON) text into the document that the budget parser works on.
import { type Document, LineCounter, type ParsedNode, parseDocument } from 'yaml';
import type { Problem } from '../budget/problem.ts';
import type { SourceNode } from '../budget/source-node.ts';
import { sourceNodeOf } from './source-node-of.ts';
import { syntaxAdvice } from './syntax-advice.ts';

export type ReadSource =
  | { readonly ok: true; readonly node: SourceNode }
  | { readonly ok: false; readonly problem: Problem };

/** 2,000 budgets of a dozen lines are half of it; what is larger was not written by people. */
const MAX_BYTES = 1_048_576;

/**
 * Never throws and never warns on the console. The problem is the first one in the text, with one of the codes
 *
 * - `file-too-large`: over 1 MiB;
 * - `not-yaml`: empty, binary or not well-formed;
 * - `yaml-unsupported`: YAML that a budgets file has no use for - several documents, tags, keys that are not plain
 *   text, aliases that multiply, very deep nesting, YAML 1.1.
 *
 * Repeated keys are kept, and merge keys (`<<`) stay keys: the parser refuses both, with their lines.
 */
export function readSourceNode(text: string): ReadSource {
  if (Buffer.byteLength(text) > MAX_BYTES) {
    return refused(
      'file-too-large',
      null,
      'The file is larger than 1 MiB: a budgets file holds only budgets.',
    );
  }
  const nul = text.indexOf('\0');
  if (nul >= 0) {
    const message = 'The file holds NUL characters: it is not text, or not UTF-8; save it as UTF-8.';
    return refused('not-yaml', text.slice(0, nul).split('\n').length, message);
  }
  const lines = new LineCounter();
  const document = parseDocument(text, {
    schema: 'core',
    stringKeys: true,
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'error',
    lineCounter: lines,
  });
  const lineAt = (offset: number): number => lines.linePos(offset).line;
  return firstFault(document, lineAt) ?? contentsOf(document, lineAt);
}

type Parsed = Document.Parsed<ParsedNode>;

function firstFault(
  { errors, warnings, directives }: Parsed,
  lineAt: (offset: number) => number,
): ReadSource | null {
  const [first] = [...errors, ...warnings].sort((a, b) => a.pos[0] - b.pos[0]);
  if (first !== undefined) {
    const { code, message } = syntaxAdvice(first);
    return refused(code, lineAt(first.pos[0]), message);
  }
  const { version } = directives.yaml;
  if (version === '1.2') return null;
  return refused('yaml-unsupported', 1, `Files are read as YAML 1.2, not ${version}: remove the %YAML line.`);
}

function contentsOf({ contents }: Parsed, lineAt: (offset: number) => number): ReadSource {
  const isEmpty =
    contents === null || (contents.range[0] === contents.range[1] && contents.tag === undefined);
  if (isEmpty) return refused('not-yaml', 1, 'The file is empty: a budgets file begins with `budgets:`.');
  const read = sourceNodeOf(contents, lineAt);
  return read.ok ? read : refused('yaml-unsupported', read.line, read.message);
}

function refused(code: string, line: number | null, message: string): ReadSource {
  return { ok: false, problem: { code, path: '', line, message, severity: 'error' } };
}
