// What alerts are fixed with in tests that are not about it: nothing is known beside the observation.
import type { AlertFacts } from '../../lib/alert/alert-of-intent.ts';
import type { AlertOutcome, AlertOutcomes } from '../../lib/alert/claim-alerts.ts';
import type { Instant } from '../../lib/time/instant.ts';

export function factsAt(tick: Instant): AlertFacts {
  return {
    tick,
    completeThrough: null,
    items: [],
    previousItems: null,
    projectNames: new Map(),
    pace: null,
    knowsRoute: () => true,
  };
}

/** What became of alerts on the default route, by id. */
export function outcomesOf(byId: Readonly<Record<string, AlertOutcome>>): AlertOutcomes {
  return new Map(Object.entries(byId).map(([id, outcome]) => [id, new Map([['default', outcome]])]));
}
