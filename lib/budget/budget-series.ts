// What has to be summed for a budget: its measure by the dimensions that it looks at, from the dataset that has them.
import { widthForDaysOf } from '../spend/bucket-width.ts';
import { CATALOGUE, type GroupDimension } from '../spend/catalogue.ts';
import type { Series } from '../spend/daily-totals.ts';
import { type Dataset, datasetFor } from '../spend/dataset.ts';
import { dayZoneOf } from '../spend/day-zone.ts';
import { type DimensionWord, fieldOfWord, wordOfField } from '../spend/dimension-word.ts';
import type { ProjectFilter } from '../spend/project-filter.ts';
import { UTC } from '../time/zone.ts';
import { type Budget, UNATTRIBUTED } from './budget.ts';
import { isPattern } from './scope-match.ts';

/** Sums of most budgets: whoever looks at nothing else shares the pass that is made for projects. */
const USUAL: readonly GroupDimension[] = ['project_id'];

/** The dimensions of the sums that a budget is evaluated by, in the catalogue's order. */
export function seriesDimensions({ measure, scope, each }: Pick<Budget, 'measure' | 'scope' | 'each'>) {
  const words = new Set<DimensionWord>(Object.keys(scope) as DimensionWord[]);
  if (each !== null) words.add(each);
  if (words.size === 0) return USUAL;
  const fields = new Set([...words].map(fieldOfWord));
  return CATALOGUE[measure.kind].groupBy.filter((field) => fields.has(field));
}

export function seriesOf(budget: Budget): Series {
  const dimensions = seriesDimensions(budget);
  const { measure } = budget;
  const dayZone = dayZoneOfBudget(budget);
  const usual = dimensions.join() === USUAL.join();
  const name = usual ? measure.name : `${measure.name} by ${dimensions.map(wordOfField).join(', ')}`;
  return { key: dayZone === UTC ? name : `${name} in ${dayZone}`, measure, dimensions, dayZone };
}

export function datasetOfBudget(budget: Budget): Dataset {
  const width = widthForDaysOf(dayZoneOfBudget(budget));
  return datasetFor(budget.measure.kind, seriesDimensions(budget), width);
}

/** IANA: whose days the budget's periods are summed by. */
export function dayZoneOfBudget({ measure, period }: Pick<Budget, 'measure' | 'period'>): string {
  return dayZoneOf(measure, period.zone);
}

/** The projects that hold all that the budget counts; `null`: any may. */
export function projectsOfBudget({ scope }: Budget): ProjectFilter {
  const projects = scope.project;
  if (projects === undefined) return null;
  return projects.some((project) => isPattern(project) || project === UNATTRIBUTED) ? null : projects;
}
