// A finding: what one look at a deployment or a folder has shown, and what to do where something is wrong.
import type { Condition } from '../alert/notice.ts';

/** `skipped`: nobody could look, which says nothing of what would have been seen. */
export type FindingState = 'ok' | 'warning' | 'failed' | 'skipped';

export interface Finding {
  /** What was looked at: `admin-key`, `table.spend`, `route.default`, …; stable, for scripts. */
  readonly check: string;
  readonly state: FindingState;
  readonly message: string;
  /** `null`: nothing needs to be done. */
  readonly fix: string | null;
}

export function fine(check: string, message: string): Finding {
  return { check, state: 'ok', message, fix: null };
}

export function finding(
  check: string,
  state: Exclude<FindingState, 'ok'>,
  message: string,
  fix: string,
): Finding {
  return { check, state, message, fix };
}

/** What operations would be told: its title says what is wrong, its text what that means and what to do. */
export function conditionFinding(
  check: string,
  condition: Condition | null,
  state: 'warning' | 'failed',
  otherwise: string,
): Finding {
  if (condition === null) return fine(check, otherwise);
  return { check, state, message: `${condition.title} (${condition.code})`, fix: condition.text };
}
