// The doctor's use case: looks at everything, changes nothing, and lets no look that fails hide another.
import { BudgetAlertsError } from '../errors.ts';
import { type Finding, finding } from './finding.ts';

/** One look. What it throws is a finding too, under its name. */
export interface Probe {
  readonly check: string;
  examine(): Promise<readonly Finding[]>;
}

/** In the order of the probes, whichever ends first. */
export async function examine(probes: readonly Probe[]): Promise<Finding[]> {
  return (await Promise.all(probes.map(findingsOf))).flat();
}

async function findingsOf({ check, examine: look }: Probe): Promise<readonly Finding[]> {
  try {
    return await look();
  } catch (error) {
    if (error instanceof BudgetAlertsError) {
      return [finding(check, 'failed', `It could not be examined (${error.code}).`, error.message)];
    }
    // A defect, or an error of a vendor's that nobody has thought of: its name alone, as its message may hold anything.
    const name = error instanceof Error ? error.name : typeof error;
    const fix = 'Report it as a defect of openai-budget-alerts, with this line.';
    return [finding(check, 'failed', `It could not be examined (${name}).`, fix)];
  }
}
