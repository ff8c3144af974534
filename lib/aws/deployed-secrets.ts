// Finds out which secrets a deployed stack reads, from its own template: no function's environment has to be asked for.
import {
  CloudFormationClient,
  DescribeStackResourceCommand,
  GetTemplateCommand,
} from '@aws-sdk/client-cloudformation';
import * as v from 'valibot';
import { isWebhookChannel, type WebhookChannelName } from '../notify/webhook-channels.ts';
import { ADMIN_KEY_SECRET_PREFIX, ENVIRONMENT_KEYS } from './deployment-names.ts';
import { createTemplateText, type TemplateText } from './template-text.ts';

export interface DeployedWebhook {
  readonly channel: WebhookChannelName;
  readonly logicalId: string;
  /** `null`: the template does not tell. */
  readonly secretId: string | null;
}

export interface DeployedSecrets {
  /** Name or ARN. */
  readonly adminKey: string;
  /** False: the template could not be read, or does not tell, and this is what a deployment has unless told otherwise. */
  readonly isAdminKeyKnown: boolean;
  /** Of each function that posts to a webhook. `null`: nobody knows. */
  readonly webhooks: readonly DeployedWebhook[] | null;
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
      webhooks: await webhooksOf(Resources, text),
    };
  } catch {
    // Who may read outputs may not read the template, and one that was made by hand may be YAML: guessed, and said so.
    return { adminKey: `${ADMIN_KEY_SECRET_PREFIX}${organization}`, isAdminKeyKnown: false, webhooks: null };
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

async function webhooksOf(resources: Resources, text: TemplateText): Promise<DeployedWebhook[]> {
  const found = Object.entries(resources).map(async ([logicalId, { Type, Properties }]) => {
    const environment = v.safeParse(environmentSchema, Properties.Environment);
    if (Type !== 'AWS::Lambda::Function' || !environment.success) return [];
    const { Variables } = environment.output;
    const channel = Variables[ENVIRONMENT_KEYS.webhookChannel];
    if (typeof channel !== 'string' || !isWebhookChannel(channel)) return [];
    return [{ channel, logicalId, secretId: await text(Variables[ENVIRONMENT_KEYS.webhookSecret]) }];
  });
  return (await Promise.all(found)).flat();
}
