// Finds a deployed system by the name of its stack: the tables and topics that its outputs name.
import { CloudFormationClient, DescribeStacksCommand, type Output } from '@aws-sdk/client-cloudformation';
import { BudgetAlertsError } from '../errors.ts';
import { OUTPUT_DESCRIPTION, type OutputName, STACK_OUTPUTS } from './deployment-names.ts';
import { parseStackAddress } from './stack-address.ts';

export type StackOutputs = Readonly<Record<OutputName, string>>;

/** Stacks from before they could say it do not; then the value is blank. */
const OPTIONAL: ReadonlySet<OutputName> = new Set(['retentionDays']);

/** Values by the names of `STACK_OUTPUTS`. */
type NamedValues = ReadonlyMap<string, string>;

/**
 * @param address what `--stack` takes: `NAME`, or `NAME/INSTANCE` where the stack has several constructs
 * @throws BudgetAlertsError `stack-unreadable`
 */
export async function readStackOutputs(address: string): Promise<StackOutputs> {
  const { stackName, instance } = parseStackAddress(address);
  const found = instanceIn(instancesOf(await describedOutputs(stackName)), stackName, instance);
  const names = Object.entries(STACK_OUTPUTS) as [OutputName, string][];
  const missing = names
    .filter(([name, output]) => !OPTIONAL.has(name) && (found.get(output) ?? '') === '')
    .map(([, output]) => output);
  if (missing.length > 0) {
    throw unreadable(
      `The stack ${address} has no output ${missing.join(', ')}: is it a deployment of openai-budget-alerts?`,
    );
  }
  return Object.fromEntries(names.map(([name, output]) => [name, found.get(output) ?? ''])) as StackOutputs;
}

async function describedOutputs(stackName: string): Promise<readonly Output[]> {
  const client = new CloudFormationClient({});
  try {
    const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: stackName }));
    return Stacks?.[0]?.Outputs ?? [];
  } catch (error) {
    const why = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    throw unreadable(
      `The stack ${stackName} could not be read (${why}). Check the name, AWS_REGION and your credentials.`,
    );
  } finally {
    client.destroy();
  }
}

/**
 * By the path of the construct. Stacks that were deployed before outputs had descriptions have one, whose outputs' keys
 * are the names: they stand under no path, and count only if nothing else is there.
 */
function instancesOf(outputs: readonly Output[]): ReadonlyMap<string, NamedValues> {
  const instances = new Map<string, Map<string, string>>();
  for (const { Description = '', OutputValue = '' } of outputs) {
    const { output, instance } = OUTPUT_DESCRIPTION.exec(Description)?.groups ?? {};
    if (output === undefined || instance === undefined) continue;
    const values = instances.get(instance) ?? new Map<string, string>();
    instances.set(instance, values.set(output, OutputValue));
  }
  if (instances.size > 0) return instances;
  return new Map([
    ['', new Map(outputs.map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]))],
  ]);
}

function instanceIn(
  instances: ReadonlyMap<string, NamedValues>,
  stackName: string,
  wanted: string | null,
): NamedValues {
  const [only] = instances.values();
  const found = wanted === null && instances.size === 1 ? only : instances.get(wanted ?? '');
  if (found !== undefined) return found;
  const addresses = [...instances.keys()].map((path) => (path === '' ? stackName : `${stackName}/${path}`));
  const which = wanted === null ? 'holds several deployments of openai-budget-alerts' : `has no ${wanted}`;
  throw unreadable(`The stack ${stackName} ${which}: choose with --stack ${addresses.sort().join(' or ')}.`);
}

function unreadable(message: string): BudgetAlertsError {
  return new BudgetAlertsError('stack-unreadable', message);
}
