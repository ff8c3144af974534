// A percentage as a row of ten signs that any font has.
import type { AlertView } from './alert-view.ts';

const SIGNS = 10;

/** `▓▓▓▓▓▓▓▓▓░ 92.0 % of the limit`. Cut and never rounded up: a full bar means that the limit is reached. */
export function percentBar({ filled, percent }: Pick<AlertView, 'filled' | 'percent'>): string {
  const full = Math.min(SIGNS, Math.max(0, Math.floor(filled / SIGNS)));
  return `${'▓'.repeat(full)}${'░'.repeat(SIGNS - full)} ${percent === null ? 'the limit is 0' : `${percent} of the limit`}`;
}
