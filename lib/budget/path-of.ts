// Where a problem stands, as a path into the document: `budgets[2].scope.project[0]`.
import { quoted } from './quoted.ts';

/** A key that is not a plain word is quoted: `budgets[2].labels["cost center"]`. */
export function pathOfKey(parent: string, key: string): string {
  if (!/^[A-Za-z_][A-Za-z0-9_-]{0,63}$/.test(key)) return `${parent}[${quoted(key)}]`;
  return parent === '' ? key : `${parent}.${key}`;
}

/** `index` counts from 0. */
export function pathOfItem(parent: string, index: number): string {
  return `${parent}[${index}]`;
}
