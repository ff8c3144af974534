// The rules of cdk-nag, AwsSolutions and Serverless: nothing is found but what is acknowledged beside the thing it is about.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack, Validations } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import * as v from 'valibot';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { OpenAiBudgetAlerts } from '../../infra/open-ai-budget-alerts.ts';
import { OpenAiBudgetAlertsStack } from '../../infra/stack.ts';
import { EXAMPLE, FULL, organizationIn } from './synthesized.ts';

vi.setConfig({ testTimeout: 60_000 });

const reportSchema = v.object({
  pluginReports: v.array(
    v.object({
      pluginName: v.string(),
      violations: v.array(
        v.object({
          ruleName: v.string(),
          violatingConstructs: v.array(v.object({ constructPath: v.string() })),
        }),
      ),
    }),
  ),
});

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

/** `rule at construct`, errors and warnings alike. */
function findingsIn(build: (app: App) => void): string[] {
  const outdir = mkdtempSync(join(tmpdir(), 'rules-'));
  folders.push(outdir);
  const app = new App({ outdir, context: { 'aws:cdk:bundling-stacks': [] } });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
  build(app);
  // What is found is printed, too, and makes an app end with 1.
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  try {
    app.synth();
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'ValidationFailed') throw error;
  } finally {
    vi.restoreAllMocks();
  }
  const path = join(outdir, 'validation-report.json');
  if (!existsSync(path)) return [];
  const { pluginReports } = v.parse(reportSchema, JSON.parse(readFileSync(path, 'utf8')));
  return pluginReports.flatMap(({ violations }) =>
    violations.flatMap(({ ruleName, violatingConstructs }) =>
      violatingConstructs.map(({ constructPath }) => `${ruleName} at ${constructPath}`),
    ),
  );
}

describe('the rules find nothing', () => {
  it('in the smallest stack', () => {
    expect(findingsIn((app) => new OpenAiBudgetAlertsStack(app, EXAMPLE))).toEqual([]);
  });

  it('in a stack with everything', () => {
    const everything = (app: App) => {
      new OpenAiBudgetAlertsStack(app, FULL);
      const stack = new Stack(app, 'Encrypted');
      new OpenAiBudgetAlerts(stack, 'Alerts', {
        organizations: Array.from({ length: 80 }, (_, position) => organizationIn(stack, `org-${position}`)),
        email: ['ann@example.com'],
        encryptionKey: new Key(stack, 'Key', { enableKeyRotation: true }),
        signOfLife: 'weekly',
      });
    };
    expect(findingsIn(everything)).toEqual([]);
  });
});

describe('the rules', () => {
  it('are really asked, and acknowledged for nothing of other people in the same app', () => {
    const found = findingsIn((app) => {
      new Queue(new OpenAiBudgetAlertsStack(app, EXAMPLE), 'Theirs');
    });
    expect(found).toContain('AwsSolutions-SQS3 at OpenAiBudgetAlerts/Theirs/Resource');
    expect(found).toContain('Serverless-SQSRedrivePolicy at OpenAiBudgetAlerts/Theirs/Resource');
    expect(found.filter((finding) => !finding.includes('/Theirs/'))).toEqual([]);
  });
});
