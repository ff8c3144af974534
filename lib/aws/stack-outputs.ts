// Finds a deployed system by the name of its stack: the tables and topics that its outputs name.
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { BudgetAlertsError } from '../errors.ts';
import { STACK_OUTPUTS } from './deployment-names.ts';

type OutputName = keyof typeof STACK_OUTPUTS;

export type StackOutputs = Readonly<Record<OutputName, string>>;

/** @throws BudgetAlertsError `stack-unreadable` */
export async function readStackOutputs(stackName: string): Promise<StackOutputs> {
  const client = new CloudFormationClient({});
  let found: ReadonlyMap<string, string>;
  try {
    const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: stackName }));
    found = new Map(
      (Stacks?.[0]?.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]),
    );
  } catch (error) {
    const why = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    throw new BudgetAlertsError(
      'stack-unreadable',
      `The stack ${stackName} could not be read (${why}). Check the name, AWS_REGION and your credentials.`,
    );
  } finally {
    client.destroy();
  }
  const names = Object.entries(STACK_OUTPUTS) as [OutputName, string][];
  const missing = names.filter(([, output]) => (found.get(output) ?? '') === '').map(([, output]) => output);
  if (missing.length > 0) {
    throw new BudgetAlertsError(
      'stack-unreadable',
      `The stack ${stackName} has no output ${missing.join(', ')}: is it a deployment of openai-budget-alerts?`,
    );
  }
  return Object.fromEntries(names.map(([name, output]) => [name, found.get(output) ?? ''])) as StackOutputs;
}
