// The stack outputs by which the command finds a deployment, wherever in whosever stack the construct stands.
import { CfnOutput, Lazy, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import {
  OUTPUT_DESCRIPTION,
  type OutputName,
  outputDescription,
  STACK_OUTPUTS,
} from '../lib/aws/deployment-names.ts';

export type Outputs = Readonly<Record<OutputName, CfnOutput>>;

/** Their keys are CDK's, so that several constructs fit into a stack; their descriptions say what they are. */
export function createOutputs(scope: Construct, values: Readonly<Record<OutputName, string>>): Outputs {
  const parent = new Construct(scope, 'Outputs');
  const instance = instanceOf(scope);
  const names = Object.keys(STACK_OUTPUTS) as OutputName[];
  const outputs = names.map((name) => {
    const key = STACK_OUTPUTS[name];
    return [
      name,
      new CfnOutput(parent, key, { value: values[name], description: outputDescription(key, instance) }),
    ];
  });
  return Object.fromEntries(outputs) as Outputs;
}

/** What `--stack` takes to find `scope`: the name of its stack, and its own where the stack has several constructs. */
export function stackAddress(scope: Construct): string {
  const stack = Stack.of(scope);
  return Lazy.string({
    produce: () =>
      instancesIn(stack).size > 1 ? `${stack.stackName}/${instanceOf(scope)}` : stack.stackName,
  });
}

/** The ids from the stack down. */
function instanceOf(scope: Construct): string {
  const stack = Stack.of(scope);
  const { scopes } = scope.node;
  return scopes
    .slice(scopes.indexOf(stack) + 1)
    .map(({ node }) => node.id)
    .join('/');
}

function instancesIn(stack: Stack): Set<string> {
  const outputs = stack.node.findAll().filter((child) => child instanceof CfnOutput);
  return new Set(
    outputs
      .filter((output) => Stack.of(output) === stack)
      .flatMap(({ description = '' }) => OUTPUT_DESCRIPTION.exec(description)?.groups?.instance ?? []),
  );
}
