// The documents of this repository as tests look at them: prose, fenced blocks, headings and links apart.
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

export const ROOT = join(import.meta.dirname, '../..');

export interface FencedBlock {
  readonly language: string;
  readonly text: string;
}

export interface Link {
  /** Of the repository; that of the document itself for a link to one of its own headings. */
  readonly path: string;
  /** Empty without one. */
  readonly anchor: string;
}

export interface MarkdownDocument {
  readonly path: string;
  readonly text: string;
  readonly blocks: readonly FencedBlock[];
  /** Only those that lead to files of this repository. */
  readonly links: readonly Link[];
  readonly anchors: ReadonlySet<string>;
}

const FENCE = /^ *```(\w*)[^\n]*\n([\s\S]*?)^ *```$/gm;
const LINK = /\[[^\]]*\]\(([^()\s]+)\)/g;
const HEADING = /^#{1,6} +(.+)$/gm;

export function readDocuments(): MarkdownDocument[] {
  return [
    'README.md',
    'CONTRIBUTING.md',
    'SECURITY.md',
    ...globSync('docs/**/*.md', { cwd: ROOT }).sort(),
  ].map((path) => parseDocument(path, readFileSync(join(ROOT, path), 'utf8')));
}

export function parseDocument(path: string, text: string): MarkdownDocument {
  const prose = text.replace(FENCE, '');
  return {
    path,
    text,
    blocks: [...text.matchAll(FENCE)].map(([, language = '', block = '']) => ({ language, text: block })),
    links: [...prose.matchAll(LINK)]
      .map(([, target = '']) => target)
      .filter((target) => !/^[a-z]+:/.test(target))
      .map((target) => linkOf(path, target)),
    anchors: anchorsOf([...prose.matchAll(HEADING)].map(([, heading = '']) => heading)),
  };
}

export function isThere(path: string): boolean {
  return existsSync(join(ROOT, path));
}

function linkOf(from: string, target: string): Link {
  const [file = '', anchor = ''] = target.split('#');
  const path = file === '' ? from : relative(ROOT, join(ROOT, dirname(from), file));
  return { path, anchor };
}

/** As GitHub makes them: lower case, letters, digits, `_` and `-` kept, blanks to `-`, a number behind a repeated one. */
function anchorsOf(headings: readonly string[]): Set<string> {
  const anchors = new Set<string>();
  for (const heading of headings) {
    const text = heading.replace(LINK, (link) => link.slice(1, link.indexOf(']')));
    const anchor = text
      .trim()
      .toLowerCase()
      .replace(/[^\p{L}\p{N}_ -]/gu, '')
      .replaceAll(' ', '-');
    let unique = anchor;
    for (let times = 1; anchors.has(unique); times += 1) unique = `${anchor}-${times}`;
    anchors.add(unique);
  }
  return anchors;
}
