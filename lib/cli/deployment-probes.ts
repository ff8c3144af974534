// What the doctor looks at in a deployed stack, each part on its own.
import { askForSecret } from '../aws/ask-for-secret.ts';
import { type DeployedSecrets, readDeployedSecrets } from '../aws/deployed-secrets.ts';
import { deployedState } from '../aws/deployed-state.ts';
import { createDynamoDbClient } from '../aws/dynamodb-client.ts';
import { examineTable } from '../aws/examine-table.ts';
import { examineTopic } from '../aws/examine-topic.ts';
import { parseRetentionDays } from '../aws/retention-days.ts';
import { parseRouteTopics } from '../aws/route-topics.ts';
import { parseStackAddress } from '../aws/stack-address.ts';
import type { StackOutputs } from '../aws/stack-outputs.ts';
import { TABLE_ROLES } from '../aws/table-definitions.ts';
import { DEFAULT_ROUTE } from '../budget/route.ts';
import { WEBHOOK_CHANNEL_NAMES, type WebhookChannelName } from '../notify/webhook-channels.ts';
import { askAboutKey } from '../openai/ask-about-key.ts';
import type { Probe } from '../run/examine.ts';
import { examineAdminKey } from '../run/examine-admin-key.ts';
import { storedProbes } from '../run/examine-stored.ts';
import { type Finding, finding, fine } from '../run/finding.ts';
import type { SecretAnswer } from '../run/secret-answer.ts';
import type { Instant } from '../time/instant.ts';
import { examineWebhook } from '../webhook/examine-webhook.ts';
import { WEBHOOKS } from '../webhook/webhooks.ts';

/** By chat, where somebody named it. */
export type NamedWebhookSecrets = Readonly<Partial<Record<WebhookChannelName, string>>>;

export interface DeploymentToExamine {
  /** What `--stack` takes. */
  readonly stack: string;
  readonly organization: string;
  readonly outputs: StackOutputs;
  readonly tick: Instant;
  readonly openAi: { readonly baseUrl: string; readonly minIntervalMs: number };
  /** Of chats that are absent, those that the deployment uses. */
  readonly webhookSecrets: NamedWebhookSecrets;
}

/** @throws BudgetAlertsError `environment-incomplete` or `retention-invalid`: an output cannot be read, nor anything that goes by it */
export function deploymentProbes(deployment: DeploymentToExamine): Probe[] {
  const { stack, organization, outputs, tick, openAi } = deployment;
  const state = deployedState({
    ...outputs,
    stackName: stack,
    retentionDays: parseRetentionDays(outputs.retentionDays),
  });
  const secrets = readDeployedSecrets(parseStackAddress(stack).stackName, organization, outputs.alertsTopic);
  const adminKeyProbe: Probe = {
    check: 'admin-key',
    examine: async () => {
      const known = await secrets;
      return await examineAdminKey({
        tick,
        readKey: () => adminKeyAnswer(known),
        place: `the secret ${known.adminKey}`,
        ask: (key) => askAboutKey({ key, tick, ...openAi }),
        storedExpiry: () => state.names.keyExpiry(organization),
      });
    },
  };
  return [
    adminKeyProbe,
    ...tableProbes(outputs),
    ...topicProbes(outputs),
    ...WEBHOOK_CHANNEL_NAMES.map((channel) => ({
      check: channel,
      examine: async () =>
        await webhookFindings(channel, await secrets, deployment.webhookSecrets[channel] ?? null),
    })),
    ...storedProbes({ organization, tick, isScheduled: true }, state),
  ];
}

/** A secret that is not where it was guessed to be says nothing of the deployment. */
async function adminKeyAnswer({ adminKey, isAdminKeyKnown }: DeployedSecrets): Promise<SecretAnswer> {
  const answer = await askForSecret(adminKey, 'sk-admin-…');
  if (isAdminKeyKnown || answer.outcome !== 'unusable') return answer;
  return {
    outcome: 'unknown',
    why: `The stack's template does not tell which secret holds the key, and ${adminKey} does not.`,
    fix: 'Run this as somebody who may cloudformation:GetTemplate and cloudformation:DescribeStackResource on the stack.',
  };
}

function tableProbes(outputs: StackOutputs): Probe[] {
  return TABLE_ROLES.map((role) => ({
    check: `table.${role}`,
    examine: async () => {
      const client = createDynamoDbClient();
      try {
        return await examineTable({ role, tableName: outputs[`${role}Table`], client });
      } finally {
        client.destroy();
      }
    },
  }));
}

function topicProbes(outputs: StackOutputs): Probe[] {
  const routes = [[DEFAULT_ROUTE, outputs.alertsTopic], ...parseRouteTopics(outputs.routeTopics)] as const;
  const topics = routes.map(([route, topicArn = '']) => ({
    check: `route.${route}`,
    topicArn,
    carries: `alerts on the route ${route}`,
  }));
  const operations = {
    check: 'operations',
    topicArn: outputs.operationsTopic,
    carries: 'what operations must know',
  };
  return [...topics, operations].map((topic) => ({
    check: topic.check,
    examine: () => examineTopic(topic),
  }));
}

async function webhookFindings(
  channel: WebhookChannelName,
  { webhooks }: DeployedSecrets,
  named: string | null,
): Promise<Finding[]> {
  const { label } = WEBHOOKS[channel];
  if (named !== null) return [await webhookFinding(channel, channel, named)];
  if (webhooks === null) {
    const fix = `Name the secret with --${channel}-secret, or run this as somebody who may cloudformation:GetTemplate.`;
    return [finding(channel, 'skipped', `Whether the deployment posts to ${label} cannot be seen.`, fix)];
  }
  const own = webhooks.filter((webhook) => webhook.channel === channel);
  if (own.length === 0) return [fine(channel, `The deployment posts to no ${label} channel.`)];
  return await Promise.all(
    own.map(async ({ logicalId, secretId }) => {
      const check = own.length === 1 ? channel : `${channel}.${logicalId}`;
      if (secretId !== null) return await webhookFinding(channel, check, secretId);
      const fix = `Name it with --${channel}-secret.`;
      return finding(check, 'skipped', `The template does not tell which secret ${logicalId} reads.`, fix);
    }),
  );
}

async function webhookFinding(name: WebhookChannelName, check: string, secretId: string): Promise<Finding> {
  const channel = WEBHOOKS[name];
  const answer = await askForSecret(secretId, channel.example);
  return examineWebhook(check, `the secret ${secretId}`, answer, channel);
}
