// A table for a terminal: columns and nothing between them but blanks, so that it can be read, cut and searched.
import Table from 'cli-table3';
import colors from 'picocolors';

export interface Column {
  readonly title: string;
  readonly align?: 'left' | 'right';
}

const NO_LINES = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '  ',
};

/**
 * Columns that would be empty are left out. Cells may be coloured; foreign text in them must have been made plain.
 * @param atMost rows beyond are only counted: nobody reads them, and laying out thousands takes seconds
 */
export function plainTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  atMost = Number.POSITIVE_INFINITY,
): string {
  const shownRows = rows.slice(0, atMost);
  const shown = [...columns.keys()].filter((at) => shownRows.some((row) => row[at] !== ''));
  const table = new Table({
    head: shown.map((at) => colors.bold(columns[at]?.title ?? '')),
    colAligns: shown.map((at) => columns[at]?.align ?? 'left'),
    chars: NO_LINES,
    style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [] },
  });
  for (const row of shownRows) table.push(shown.map((at) => row[at] ?? ''));
  const others = rows.length - shownRows.length;
  return others === 0 ? table.toString() : `${table}\n… and ${others} more; --json has all of them.`;
}
