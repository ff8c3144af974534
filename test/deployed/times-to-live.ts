// By which attribute each table of the stack forgets, as the template says until somebody changes it by hand.
import * as v from 'valibot';
import { type ResolvedStack, resourcesOf } from './resolve-template.ts';

const specification = v.object({ AttributeName: v.string(), Enabled: v.boolean() });
const tableSchema = v.looseObject({ TimeToLiveSpecification: v.optional(specification) });

type Specification = v.InferOutput<typeof specification>;

export interface TimesToLive {
  /** As DynamoDB's `DescribeTimeToLive` answers. */
  describe(tableName: string): object;
  update(tableName: string, wanted: Specification): void;
}

export function createTimesToLive(stack: ResolvedStack): TimesToLive {
  const tables = resourcesOf(stack, ['AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable'], tableSchema);
  const known = new Map(tables.map(({ ref, properties }) => [ref, properties.TimeToLiveSpecification]));
  return {
    describe(tableName) {
      const { Enabled = false, AttributeName } = known.get(tableName) ?? {};
      return Enabled ? { TimeToLiveStatus: 'ENABLED', AttributeName } : { TimeToLiveStatus: 'DISABLED' };
    },
    update: (tableName, wanted) => void known.set(tableName, wanted),
  };
}
