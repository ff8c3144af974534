// What the stack declares of an organization's budgets, read back from the properties of its custom resource.
import * as v from 'valibot';
import type { Budget } from '../budget/budget.ts';
import { parseSpec } from '../budget/budget-spec.ts';
import { BudgetAlertsError } from '../errors.ts';
import type { Settings } from '../spend/settings.ts';
import { ORGANIZATION_ID, type SeedProperties } from './deployment-names.ts';
import { readSettings } from './settings-item.ts';

type Properties = Omit<SeedProperties, 'settings'> & { readonly settings?: unknown };

const propertiesSchema: v.GenericSchema<unknown, Properties> = v.object({
  organization: v.pipe(v.string(), v.regex(ORGANIZATION_ID)),
  budgets: v.array(v.string()),
  settings: v.exactOptional(v.pipe(v.string(), v.parseJson())),
  prune: v.picklist(['yes', 'no']),
});

export interface SeedRequest {
  readonly organization: string;
  readonly budgets: readonly Budget[];
  /** `null`: they stay as they are. */
  readonly settings: Settings | null;
  readonly prune: boolean;
}

/** @throws BudgetAlertsError `seed-invalid`; the stack and this function are then of different versions */
export function parseSeedRequest(properties: unknown): SeedRequest {
  const parsed = v.safeParse(propertiesSchema, properties);
  if (!parsed.success)
    throw invalid(parsed.issues.map((issue) => `${v.getDotPath(issue)}: ${issue.message}`));
  const { organization, budgets: specs, settings, prune } = parsed.output;
  const budgets = specs.map((spec, index) => {
    const read = parseSpec(spec, `budgets[${index}]`);
    if (!read.ok) throw invalid(read.problems.map(({ path, message }) => `${path}: ${message}`));
    return read.budget;
  });
  return {
    organization,
    budgets,
    settings: settings === undefined ? null : readSettings(settings),
    prune: prune === 'yes',
  };
}

function invalid(reasons: readonly string[]): BudgetAlertsError {
  return new BudgetAlertsError(
    'seed-invalid',
    `The budgets of the stack cannot be read (${reasons.join('; ')}). Synthesize and deploy it with one version of the package.`,
  );
}
