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

/** Columns that would be empty are left out. Cells may be coloured; foreign text in them must have been made plain. */
export function plainTable(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const shown = [...columns.keys()].filter((at) => rows.some((row) => row[at] !== ''));
  const table = new Table({
    head: shown.map((at) => colors.bold(columns[at]?.title ?? '')),
    colAligns: shown.map((at) => columns[at]?.align ?? 'left'),
    chars: NO_LINES,
    style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [] },
  });
  for (const row of rows) table.push(shown.map((at) => row[at] ?? ''));
  return table.toString();
}
