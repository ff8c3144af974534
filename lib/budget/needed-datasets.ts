// Which datasets the budgets need of a kind of spend, and for which projects: nothing else is asked of OpenAI.
import { ascending } from '../lists/ascending.ts';
import type { SpendKind } from '../spend/catalogue.ts';
import { type Dataset, datasetId } from '../spend/dataset.ts';
import type { ProjectFilter } from '../spend/project-filter.ts';
import { datasetOfBudget, projectsOfBudget } from './budget-series.ts';
import type { StoredBudget } from './budget-store.ts';

export interface NeededDataset {
  readonly dataset: Dataset;
  readonly id: string;
  /** Those that are evaluated by it, at least one. */
  readonly budgets: readonly StoredBudget[];
  /** All that it has to be read for. */
  readonly projects: ProjectFilter;
}

/** Addresses have a length, and a root that remembers many filters would outgrow its item. */
const MAX_FILTERED_PROJECTS = 20;
const PLAIN_ID = /^[A-Za-z0-9_-]{1,100}$/;

/** Sorted by id. */
export function neededDatasets(budgets: readonly StoredBudget[], kind: SpendKind): NeededDataset[] {
  const needed = new Map<string, { readonly dataset: Dataset; readonly budgets: StoredBudget[] }>();
  for (const stored of budgets) {
    if (stored.budget.measure.kind !== kind) continue;
    const dataset = datasetOfBudget(stored.budget);
    const id = datasetId(dataset);
    const entry = needed.get(id) ?? { dataset, budgets: [] };
    needed.set(id, entry);
    entry.budgets.push(stored);
  }
  return [...needed]
    .map(([id, entry]) => ({ ...entry, id, projects: projectsFor(kind, entry.budgets) }))
    .sort((a, b) => ascending(a.id, b.id));
}

/** Costs are one small answer for all projects, so a filter would only make days be read again when it changes. */
function projectsFor(kind: SpendKind, budgets: readonly StoredBudget[]): ProjectFilter {
  if (kind === 'costs') return null;
  const projects = new Set<string>();
  for (const { budget } of budgets) {
    const own = projectsOfBudget(budget);
    if (own === null) return null;
    for (const project of own) projects.add(project);
  }
  // OpenAI takes several ids joined by commas for one value: nothing but a plain id can be sent.
  if (![...projects].every((project) => PLAIN_ID.test(project))) return null;
  return projects.size > MAX_FILTERED_PROJECTS ? null : [...projects].sort();
}
