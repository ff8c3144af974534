// Finds out which secrets a deployed stack reads, from its own template: no function's environment has to be asked for.
import {
  CloudFormationClient,
  DescribeStackResourceCommand,
  GetTemplateCommand,
} from '@aws-sdk/client-cloudformation';
import * as v from 'valibot';
import { ADMIN_KEY_SECRET_PREFIX, ENVIRONMENT_KEYS } from './deployment-names.ts';
import { createTemplateText, type TemplateText } from './template-text.ts';

export interface DeployedSecrets {
  /** Name or ARN. */
  readonly adminKey: string;
  /** False: the template could not be read, or does not tell, and this is what a deployment has unless told otherwise. */
  readonly isAdminKeyKnown: boolean;
  /** Of each function that posts to Slack; `secretId` is `null` where the template does not tell. `null`: nobody knows. */
  readonly slack: readonly { readonly logicalId: string; readonly secretId: string | null }[] | null;
}

const templateSchema = v.object({
  Resources: v.record(
    v.string(),
    v.object({ Type: v.string(), Properties: v.optional(v.record(v.string(), v.unknown()), {}) }),
  ),
});
const environmentSchema = v.object({ Variables: v.record(v.string(), v.unknown()) });
const targetSchema = v.object({ Input: v.unknown() });
const eventSchema = v.object({ organization: v.string(), adminKeySecretId: v.string() });

type Resources = v.InferOutput<typeof templateSchema>['Resources'];

/** @param ownArn any ARN of the stack's account and region */
export async function readDeployedSecrets(
  stackName: string,
  organization: string,
  ownArn: string,
): Promise<DeployedSecrets> {
  const client = new CloudFormationClient({});
  const physicalIdOf = async (logicalId: string): Promise<string | null> => {
    try {
      const command = new DescribeStackResourceCommand({
        StackName: stackName,
        LogicalResourceId: logicalId,
      });
      return (await client.send(command)).StackResourceDetail?.PhysicalResourceId ?? null;
    } catch {
      return null;
    }
  };
  const text = createTemplateText(ownArn, physicalIdOf);
  try {
    const { TemplateBody = '' } = await client.send(new GetTemplateCommand({ StackName: stackName }));
    const { Resources } = v.parse(templateSchema, JSON.parse(TemplateBody));
    const adminKey = await adminKeySecretOf(Resources, organization, text);
    return {
      adminKey: adminKey ?? `${ADMIN_KEY_SECRET_PREFIX}${organization}`,
      isAdminKeyKnown: adminKey !== null,
      slack: await slackSecretsOf(Resources, text),
    };
  } catch {
    // Who may read outputs may not read the template, and one that was made by hand may be YAML: guessed, and said so.
    return { adminKey: `${ADMIN_KEY_SECRET_PREFIX}${organization}`, isAdminKeyKnown: false, slack: null };
  } finally {
    client.destroy();
  }
}

/** The one place that knows how a deployment names an admin key's secret: in the event of its collects. */
async function adminKeySecretOf(
  resources: Resources,
  organization: string,
  text: TemplateText,
): Promise<string | null> {
  const found = new Set<string>();
  for (const { Type, Properties } of Object.values(resources)) {
    if (Type !== 'AWS::Scheduler::Schedule') continue;
    const target = v.safeParse(targetSchema, Properties.Target);
    const input = target.success ? await text(target.output.Input) : null;
    const event = v.safeParse(v.pipe(v.string(), v.parseJson(), eventSchema), input);
    if (event.success && event.output.organization === organization) found.add(event.output.adminKeySecretId);
  }
  const [secretId = null] = found;
  // Two constructs of one stack may watch organizations that are called the same, with a key each.
  return found.size === 1 ? secretId : null;
}

async function slackSecretsOf(resources: Resources, text: TemplateText) {
  const named = variablesOf(resources, ENVIRONMENT_KEYS.slackWebhookSecret);
  return await Promise.all(
    named.map(async ({ logicalId, value }) => ({ logicalId, secretId: await text(value) })),
  );
}

function variablesOf(resources: Resources, name: string) {
  return Object.entries(resources).flatMap(([logicalId, { Type, Properties }]) => {
    const environment = v.safeParse(environmentSchema, Properties.Environment);
    const value = environment.success ? environment.output.Variables[name] : undefined;
    return Type !== 'AWS::Lambda::Function' || value === undefined ? [] : [{ logicalId, value }];
  });
}
