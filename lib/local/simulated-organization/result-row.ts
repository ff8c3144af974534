// One result as OpenAI writes it, with the fields that its contract does not mention.
import type { UtcDay } from '../../time/utc-day.ts';
import { amountOnWire } from './amount-form.ts';
import { draw } from './draw.ts';
import type { Group } from './group-leaves.ts';
import type { SpendEndpoint, UsageEndpoint } from './spend-endpoint.ts';
import type { World } from './world.ts';

/** What the rows of one bucket have in common. */
export interface RowContext {
  readonly world: World;
  readonly endpoint: SpendEndpoint;
  readonly groupBy: readonly string[];
  readonly day: UtcDay;
}

/** Field → value, in the order of the wire. */
type Row = Record<string, unknown>;

export function resultRow(group: Group, context: RowContext): Row {
  const { endpoint } = context;
  return {
    object: endpoint.resultObject,
    ...(endpoint.kind === 'costs' ? costsFields(group, context) : usageFields(group, endpoint, context)),
    ...undocumentedFields(group, context),
  };
}

function costsFields(group: Group, context: RowContext): Row {
  const { world, groupBy, day } = context;
  const byLineItem = groupBy.includes('line_item');
  const dimensions = dimensionFields(group, context);
  // OpenAI fills in the project beside a line item that only one project has, though nobody asked for it.
  if (byLineItem && !groupBy.includes('project_id')) dimensions.project_id = group.soleProject;
  return {
    amount: { value: amountOnWire(group.amount, world.amountFormOn(day)), currency: 'usd' },
    ...dimensions,
    quantity: byLineItem ? (group.counts.quantity ?? null) : null,
    quantity_unit: byLineItem ? group.unit : null,
  };
}

function usageFields(group: Group, endpoint: UsageEndpoint, context: RowContext): Row {
  const row: Row = {};
  for (const [measure, meters] of Object.entries(endpoint.measures)) {
    row[measure] = meters.reduce((sum, meter) => sum + (group.counts[meter] ?? 0), 0);
  }
  return { ...row, ...dimensionFields(group, context) };
}

/** All that the endpoint knows; `null` unless grouped by. Spend of no project is `null` on most days, "" on others. */
function dimensionFields(group: Group, { world, endpoint, groupBy, day }: RowContext): Row {
  const row: Row = {};
  for (const name of endpoint.groupBy) row[name] = group.dimensions[name] ?? null;
  const ofNoProject = groupBy.includes('project_id') && row.project_id === null;
  if (ofNoProject && draw(world.seed, 'empty project', day) < 0.25) row.project_id = '';
  return row;
}

function undocumentedFields(group: Group, { world, day }: RowContext): Row {
  const row: Row = { organization_id: world.organization.id };
  const projectId = group.dimensions.project_id;
  if (typeof projectId !== 'string' || draw(world.seed, 'names', day, projectId) < 0.5) return row;
  row.organization_name = world.organization.name;
  row.project_name = world.projects.find(({ id }) => id === projectId)?.name ?? null;
  return row;
}
