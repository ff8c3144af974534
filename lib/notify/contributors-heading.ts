// What stands above the contributors of an alert, so that nobody has to guess what a signed amount is.
import type { ContributorView } from './alert-view.ts';

export function contributorsHeading(contributors: readonly ContributorView[]): string {
  const isCompared = contributors.some(({ change }) => change !== null);
  return `Largest parts${isCompared ? ', and their change (ended days) against the period before' : ''}`;
}
