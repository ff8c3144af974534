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
import { askAboutKey } from '../openai/ask-about-key.ts';
import type { Probe } from '../run/examine.ts';
import { examineAdminKey } from '../run/examine-admin-key.ts';
import { storedProbes } from '../run/examine-stored.ts';
import { type Finding, finding, fine } from '../run/finding.ts';
import type { SecretAnswer } from '../run/secret-answer.ts';
import { examineWebhook } from '../slack/examine-webhook.ts';
import type { Instant } from '../time/instant.ts';

export interface DeploymentToExamine {
  /** What `--stack` takes. */
  readonly stack: string;
  readonly organization: string;
  readonly outputs: StackOutputs;
  readonly tick: Instant;
  readonly openAi: { readonly baseUrl: string; readonly minIntervalMs: number };
  /** Named by whoever asks; `null`: those that the deployment uses. */
  readonly slackSecret: string | null;
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
    {
      check: 'slack',
      examine: async () => await slackFindings(await secrets, deployment.slackSecret),
    },
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

async function slackFindings({ slack }: DeployedSecrets, named: string | null): Promise<Finding[]> {
  if (named !== null) return [await slackFinding('slack', named)];
  if (slack === null) {
    const fix =
      'Name the secret with --slack-secret, or run this as somebody who may cloudformation:GetTemplate.';
    return [finding('slack', 'skipped', 'Whether the deployment posts to Slack cannot be seen.', fix)];
  }
  if (slack.length === 0) return [fine('slack', 'The deployment posts to no Slack channel.')];
  return await Promise.all(
    slack.map(async ({ logicalId, secretId }) => {
      const check = slack.length === 1 ? 'slack' : `slack.${logicalId}`;
      if (secretId !== null) return await slackFinding(check, secretId);
      const fix = 'Name it with --slack-secret.';
      return finding(check, 'skipped', `The template does not tell which secret ${logicalId} reads.`, fix);
    }),
  );
}

async function slackFinding(check: string, secretId: string): Promise<Finding> {
  const answer = await askForSecret(secretId, 'https://hooks.slack.com/services/…');
  return examineWebhook(check, `the secret ${secretId}`, answer);
}
