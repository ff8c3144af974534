// What stands above the contributors of an alert, so that nobody has to guess what a signed amount is.
import type { ContributorView } from './alert-view.ts';

export function contributorsHeading(contributors: readonly ContributorView[]): string {
  const isCompared = contributors.some(({ change }) => change !== null);
  return `Most of it${isCompared ? ', and its change against the same days of the period before' : ''}`;
}
