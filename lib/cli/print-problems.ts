// Shows problems to people: where, what, and what to do, one per line, errors before warnings.
import colors from 'picocolors';
import type { Problem } from '../budget/problem.ts';
import { plainText } from './plain-text.ts';

export function problemLines(problems: readonly Problem[], file: string | null): string[] {
  const ordered = [...problems].sort((a, b) => rank(a) - rank(b) || (a.line ?? 0) - (b.line ?? 0));
  return ordered.map(({ severity, line, path, message }) => {
    const where = [file !== null && line !== null ? `${file}:${line}` : '', path].filter(
      (part) => part !== '',
    );
    const label = severity === 'error' ? colors.red('error') : colors.yellow('warning');
    return `${label} ${where.length === 0 ? '' : `${where.join(' ')}: `}${plainText(message)}`;
  });
}

function rank({ severity }: Problem): number {
  return severity === 'error' ? 0 : 1;
}
