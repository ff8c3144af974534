// Says what a syntax error of the YAML library means for somebody who edits a budgets file.
import type { YAMLError } from 'yaml';

type LibraryCode = YAMLError['code'];

interface Advice {
  readonly code: 'not-yaml' | 'yaml-unsupported';
  readonly message: string;
}

const CROOKED = notYaml('The indentation does not fit: entries of one map or list begin in the same column.');

const NO_COLON = notYaml('A line has no colon and a blank behind its key: write it like limit: 5000.');

const BY_CODE: Readonly<Partial<Record<LibraryCode, Advice>>> = {
  TAB_AS_INDENT: notYaml('A tab is used to indent: YAML indents with blanks.'),
  BAD_INDENT: CROOKED,
  BAD_SCALAR_START: notYaml('Text cannot begin with "@", "%" or "`" as it stands: quote it.'),
  BLOCK_AS_IMPLICIT_KEY: notYaml(
    'There is one colon too many, or a line break is missing: quote text that holds ": ".',
  ),
  MULTILINE_IMPLICIT_KEY: NO_COLON,
  MULTIPLE_DOCS: unsupported('The file holds several documents (---): put all budgets into one list.'),
  NON_STRING_KEY: unsupported('A key is not plain text: write each key as one word.'),
  RESOURCE_EXHAUSTION: unsupported('The file is nested too deeply: a budget needs five levels.'),
  TAG_RESOLVE_FAILED: unsupported('Tags (!…) are not supported: write the plain value, text in quotes.'),
};

/** One code of the library stands for several mistakes; the beginning of its message tells them apart. */
const BY_BEGINNING: readonly (readonly [string, Advice])[] = [
  ['Flow ', notYaml('A "[" or "{" is not closed, or what it holds is not indented.')],
  ['Sequence item without', CROOKED],
  ['Implicit map keys', NO_COLON],
  ['Alias cannot be', notYaml('A value that begins with * is an alias to YAML: quote it, like "*-mini".')],
  ['Missing closing', notYaml('A quote that was opened is never closed.')],
];

export function syntaxAdvice({ code, message }: Pick<YAMLError, 'code' | 'message'>): Advice {
  const special = BY_BEGINNING.find(([beginning]) => message.startsWith(beginning));
  return special?.[1] ?? BY_CODE[code] ?? notYaml(`The file is not valid YAML: ${oneLine(message)}.`);
}

function notYaml(message: string): Advice {
  return { code: 'not-yaml', message };
}

function unsupported(message: string): Advice {
  return { code: 'yaml-unsupported', message };
}

/** The library quotes the text that it stumbled over, whatever that holds. */
function oneLine(message: string): string {
  return message
    .slice(0, 120)
    .replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim()
    .replace(/\.$/, '');
}
