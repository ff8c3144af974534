// Says what a syntax error of the YAML library means for somebody who edits a budgets file.
import type { YAMLError } from 'yaml';

type LibraryCode = YAMLError['code'];

interface Advice {
  readonly code: 'not-yaml' | 'yaml-unsupported';
  readonly message: string;
}

const UNCLOSED = notYaml('A "[" or "{" is not closed, or what it holds is not indented.');

const ADVICE: Readonly<Partial<Record<LibraryCode, Advice>>> = {
  TAB_AS_INDENT: notYaml('A tab is used to indent: YAML indents with blanks.'),
  BAD_INDENT: notYaml('The indentation does not fit: entries of one map or list begin in the same column.'),
  BAD_SCALAR_START: notYaml('Text cannot begin with "@", "%" or "`" as it stands: quote it.'),
  BLOCK_AS_IMPLICIT_KEY: notYaml(
    'There is one colon too many, or a line break is missing: quote text that holds ": ".',
  ),
  MULTILINE_IMPLICIT_KEY: notYaml('A line without a colon stands where a key was expected.'),
  MULTIPLE_DOCS: unsupported('The file holds several documents (---): put all budgets into one list.'),
  NON_STRING_KEY: unsupported('A key is not plain text: write each key as one word.'),
  RESOURCE_EXHAUSTION: unsupported('The file is nested too deeply: a budget needs five levels.'),
  TAG_RESOLVE_FAILED: unsupported('Tags (!…) are not supported: write the plain value, text in quotes.'),
};

export function syntaxAdvice({ code, message }: Pick<YAMLError, 'code' | 'message'>): Advice {
  // The library calls an unclosed bracket bad indentation.
  if (code === 'BAD_INDENT' && message.startsWith('Flow ')) return UNCLOSED;
  return ADVICE[code] ?? notYaml(`The file is not valid YAML: ${oneLine(message)}.`);
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
