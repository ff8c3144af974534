// Coverage as text: lines and branches of each folder, and what of its files none has run.
import { relative, sep } from 'node:path';
import { ascending } from '../../lib/lists/ascending.ts';
import type { Measured, MeasuredFile } from './measured-file.ts';

interface Gaps {
  readonly path: string;
  readonly lines: readonly number[];
  /** Of branches: the line of each arm that none has taken. */
  readonly arms: readonly number[];
}

interface Share {
  covered: number;
  total: number;
}

/** `runsOf` counts every process. A line ran if any statement that begins in it did. */
export function coverageTable(
  files: readonly MeasuredFile[],
  root: string,
  runsOf: (measured: Measured) => number,
): string {
  const folders = new Map<string, { lines: Share; branches: Share }>();
  const gaps: Gaps[] = [];
  for (const file of files) {
    const path = relative(root, file.path);
    const lines = new Map<number, boolean>();
    const arms: { readonly line: number; readonly ran: boolean }[] = [];
    for (const measured of file.measured) {
      const { kind, line } = measured;
      const ran = runsOf(measured) > 0;
      if (kind === 'arm') arms.push({ line, ran });
      else lines.set(line, ran || lines.get(line) === true);
    }
    const folder = folders.get(folderOf(path)) ?? { lines: noShare(), branches: noShare() };
    folders.set(folderOf(path), folder);
    count(folder.lines, [...lines.values()]);
    count(
      folder.branches,
      arms.map(({ ran }) => ran),
    );
    const missed = {
      path,
      lines: [...lines].flatMap(([line, ran]) => (ran ? [] : [line])),
      arms: arms.flatMap(({ line, ran }) => (ran ? [] : [line])),
    };
    if (missed.lines.length + missed.arms.length > 0) gaps.push(missed);
  }
  const rows = [...folders]
    .sort(([a], [b]) => ascending(a, b))
    .map(([folder, { lines, branches }]) => [folder, shareText(lines), shareText(branches)]);
  const missing = gaps
    .sort((a, b) => ascending(a.path, b.path))
    .map(
      ({ path, lines, arms }) =>
        `${path}:${listText(' lines', lines)}${listText(' branches of lines', arms)}`,
    );
  return [...table([['', 'lines', 'branches'], ...rows]), '', ...missing, ''].join('\n');
}

/** `lib/money/amount.ts` → `lib/money`; `functions/collector.ts` → `functions`. */
function folderOf(path: string): string {
  const [top = '', folder = ''] = path.split(sep);
  return top === 'lib' ? `${top}/${folder}` : top;
}

const noShare = (): Share => ({ covered: 0, total: 0 });

function count(share: Share, ran: readonly boolean[]): void {
  share.covered += ran.filter((one) => one).length;
  share.total += ran.length;
}

/** Rounded down: nothing is complete that is not. */
function shareText({ covered, total }: Share): string {
  if (total === 0) return 'none';
  return `${covered}/${total} ${(Math.floor((covered / total) * 1_000) / 10).toFixed(1)} %`;
}

function listText(what: string, lines: readonly number[]): string {
  return lines.length === 0 ? '' : `${what} ${[...new Set(lines)].sort((a, b) => a - b).join(', ')}`;
}

function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  return rows.map((row) =>
    row
      .map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)))
      .join('  '),
  );
}
