// Breaks lines of plain text at blanks, so that they read well in a narrow window.

/** What e-mail programs have shown without breaking lines since there were any. */
export const COLUMNS = 72;

/** Every line begins with `first` or, after a break, with blanks of the same width. Words that are too long stay whole. */
export function wrapped(text: string, first = ''): string {
  const indent = ' '.repeat(first.length);
  const lines: string[] = [];
  let line = first;
  let isEmpty = true;
  for (const word of text.split(' ')) {
    if (!isEmpty && line.length + 1 + word.length > COLUMNS) {
      lines.push(line);
      line = indent;
      isEmpty = true;
    }
    line += isEmpty ? word : ` ${word}`;
    isEmpty = false;
  }
  return [...lines, line].join('\n');
}
