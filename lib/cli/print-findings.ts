// Shows what the doctor found: a line for each, with what to do, and a last one that counts.
import colors from 'picocolors';
import type { Finding, FindingState } from '../run/finding.ts';
import { plainText } from './plain-text.ts';

export interface FindingsDocument {
  readonly target: string;
  readonly organization: string | null;
  readonly failed: number;
  readonly warnings: number;
  readonly skipped: number;
  readonly findings: readonly Finding[];
}

const COLORS: Readonly<Record<FindingState, (text: string) => string>> = {
  ok: colors.green,
  warning: colors.yellow,
  failed: colors.red,
  skipped: colors.dim,
};
const WIDTH = 'warning'.length;

export function findingsDocument(
  target: string,
  organization: string | null,
  findings: readonly Finding[],
): FindingsDocument {
  const count = (wanted: FindingState) => findings.filter(({ state }) => state === wanted).length;
  const counts = { failed: count('failed'), warnings: count('warning'), skipped: count('skipped') };
  return { target, organization, ...counts, findings };
}

export function findingsText({ target, failed, warnings, skipped, findings }: FindingsDocument): string {
  const counts = [
    `${failed} failed`,
    `${warnings} ${warnings === 1 ? 'warning' : 'warnings'}`,
    ...(skipped === 0 ? [] : [`${skipped} skipped`]),
  ];
  return [...findings.map(lineOf), `${plainText(target)}: ${counts.join(', ')}.`].join('\n');
}

function lineOf({ check, state, message, fix }: Finding): string {
  const advice = fix === null ? '' : ` → ${oneLine(fix)}`;
  return `${COLORS[state](state.padEnd(WIDTH))} ${plainText(check)}: ${oneLine(message)}${advice}`;
}

function oneLine(text: string): string {
  return plainText(text.replace(/\s*\n\s*/g, ' '));
}
