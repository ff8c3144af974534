// Synthesizes the CDK app with real bundles, as `cdk deploy` would, into a folder that ends with the test.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import * as v from 'valibot';
import type { DeploymentConfig } from '../../infra/deployment-config.ts';
import { OpenAiBudgetAlertsStack } from '../../infra/stack.ts';
import { parseTemplate, type Template } from './template.ts';

export interface SynthesizedStack {
  readonly name: string;
  readonly template: Template;
  /** The folder that is uploaded under this key of the assets bucket. */
  assetFolder(s3Key: string): string;
}

export interface Synthesized {
  /** In the order of the configurations. */
  readonly stacks: readonly SynthesizedStack[];
  /** Holds all that a deployment would upload. */
  readonly folder: string;
  remove(): void;
}

const cdkJsonSchema = v.object({ context: v.optional(v.record(v.string(), v.unknown()), {}) });
const manifestSchema = v.object({
  files: v.record(
    v.string(),
    v.object({
      source: v.object({ path: v.string(), packaging: v.string() }),
      destinations: v.record(v.string(), v.object({ objectKey: v.string() })),
    }),
  ),
});

/** Each configuration needs a stack name of its own. Bundles are made once for all of them. */
export function synthesize(configs: readonly DeploymentConfig[]): Synthesized {
  const outdir = mkdtempSync(join(tmpdir(), 'budget-alerts-synth-'));
  const remove = () => rmSync(outdir, { recursive: true });
  try {
    const cdkJson = readFileSync(join(import.meta.dirname, '../../cdk.json'), 'utf8');
    const { context } = v.parse(cdkJsonSchema, JSON.parse(cdkJson));
    const app = new App({ outdir, context, analyticsReporting: false });
    const names = configs.map((config) => new OpenAiBudgetAlertsStack(app, config).stackName);
    app.synth();
    return { stacks: names.map((name) => readStack(outdir, name)), folder: outdir, remove };
  } catch (error) {
    remove();
    throw error;
  }
}

function readStack(outdir: string, name: string): SynthesizedStack {
  const read = (file: string): string => readFileSync(join(outdir, file), 'utf8');
  const { files } = v.parse(manifestSchema, JSON.parse(read(`${name}.assets.json`)));
  return {
    name,
    template: parseTemplate(read(`${name}.template.json`)),
    assetFolder(s3Key) {
      const file = Object.values(files).find(({ destinations }) =>
        Object.values(destinations).some(({ objectKey }) => objectKey === s3Key),
      );
      if (file?.source.packaging !== 'zip') throw new Error(`No folder is uploaded as ${s3Key}.`);
      return join(outdir, file.source.path);
    },
  };
}
