// Every resource of the smallest and of a full stack, by id and type: what a change adds, moves or loses is seen at once.
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import type { DeploymentConfig } from '../../infra/deployment-config.ts';
import { OpenAiBudgetAlertsStack } from '../../infra/stack.ts';
import { EXAMPLE, FULL } from './synthesized.ts';

function templateOf(config: DeploymentConfig): Template {
  const app = new App({ context: { 'aws:cdk:bundling-stacks': [] } });
  return Template.fromStack(new OpenAiBudgetAlertsStack(app, config));
}

/** `logical id: type`, sorted. */
function inventoryOf(template: Template): string {
  const resources: Record<string, { readonly Type: string }> = template.toJSON().Resources;
  const lines = Object.entries(resources).map(([logicalId, { Type }]) => `${logicalId}: ${Type}`);
  return `${lines.sort().join('\n')}\n`;
}

describe('a template', () => {
  it.each([
    ['minimal', EXAMPLE],
    ['full', FULL],
  ])('of the %s stack has these resources', async (name, config) => {
    await expect(inventoryOf(templateOf(config))).toMatchFileSnapshot(`snapshots/${name}.txt`);
  });
});
