// The real bundles: each starts in an empty folder, holds what it needs and nothing of the tests, the command or CDK.
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleFunction, NEVER_LOADED } from '../../infra/bundle-function.ts';
import { FUNCTION_NAMES, type FunctionName } from '../../infra/function-names.ts';
import { MAX_BUNDLE_BYTES, MAX_GZIPPED_BYTES } from '../bench/bundle-sizes.ts';
import { programsCoverage } from '../coverage/programs-coverage.ts';
import { FULL, synthesizedStack } from './synthesized.ts';

const run = promisify(execFile);

const NAMES = FUNCTION_NAMES;

const LOGICAL_IDS: Readonly<Record<FunctionName, string>> = {
  'collect-usage': 'CollectUsage',
  'collect-costs': 'CollectCosts',
  'check-budgets': 'CheckBudgets',
  heartbeat: 'Heartbeat',
  'send-digest': 'SendDigest',
  'post-to-webhook': 'PostToSlack',
  'publish-to-amazon-q': 'PublishToAmazonQ',
  'seed-budgets': 'SeedBudgets',
};

const ROOT = await mkdtemp(join(tmpdir(), 'bundles-'));
const STARTER = join(ROOT, 'start.mjs');

const FUNCTIONS = synthesizedStack(FULL).ofType('AWS::Lambda::Function');
const bundles = new Map(NAMES.map((name) => [name, bundleFunction(name)]));
const folders = new Map<FunctionName, string>();

function bundleOf(name: FunctionName) {
  const bundle = bundles.get(name);
  if (bundle === undefined) throw new Error(`${name} was not bundled`);
  return bundle;
}

const isLike = (path: string) => (pattern: string) =>
  pattern.endsWith('*') ? path.startsWith(pattern.slice(0, -1)) : path === pattern;

/** As the template has it. */
function environmentOf(name: FunctionName): Record<string, string> {
  const found = FUNCTIONS.find(({ logicalId }) => logicalId === LOGICAL_IDS[name]);
  const { ROUTE_TOPICS, ...variables } = found?.properties.Environment.Variables ?? {};
  // What CloudFormation puts in place of a topic's reference is its ARN.
  const routes = ROUTE_TOPICS && {
    ROUTE_TOPICS: ROUTE_TOPICS.replace(/"(Route\w+)"/, '"arn:aws:sns:eu-west-1:1:$1"'),
  };
  return { ...variables, ...routes, AWS_REGION: 'eu-west-1' };
}

/** By a module on disk, as Lambda does it: where code is given on the command line, a `require` is lying about. */
async function start(name: FunctionName, env: Record<string, string>) {
  return await run(process.execPath, [STARTER], {
    cwd: folders.get(name),
    env: { ...env, ...programsCoverage() },
    timeout: 50_000,
  });
}

beforeAll(async () => {
  await writeFile(
    STARTER,
    "const { handler } = await import(process.cwd() + '/index.mjs'); console.log(typeof handler);",
  );
  for (const name of NAMES) {
    const folder = join(ROOT, name);
    await mkdir(folder);
    folders.set(name, folder);
    for (const { path, contents } of bundleOf(name).outputFiles) {
      await writeFile(join(folder, basename(path)), contents);
    }
  }
});

afterAll(async () => {
  await rm(ROOT, { recursive: true });
});

describe.each(NAMES)('the bundle of %s', (name) => {
  it("starts in a folder with nothing else, on the template's environment, and offers a handler", async () => {
    expect((await readdir(folders.get(name) ?? '')).sort()).toEqual(['index.mjs', 'index.mjs.map']);
    expect(await start(name, environmentOf(name))).toEqual({ stdout: 'function\n', stderr: '' });
  });

  it('refuses to start without its environment, by an error that kept its name and its place in the source', async () => {
    const { NODE_OPTIONS = '' } = environmentOf(name);
    await expect(start(name, { NODE_OPTIONS, AWS_REGION: 'eu-west-1' })).rejects.toMatchObject({
      stderr: expect.stringMatching(
        /BudgetAlertsError: The function's environment lacks .*lib\/aws\/function-environment\.ts:\d+/s,
      ),
    });
  });

  it('holds functions, use cases, edges and their packages, and none of the rest', () => {
    const { inputs, outputs } = bundleOf(name).metafile;
    const paths = Object.keys(inputs);
    const folderOfPath = (path: string) => path.split('/')[0];
    const standsIn = (path: string) => /^(?:infra\/in-place-of\/|<data:)/.test(path);
    expect(new Set(paths.filter((path) => !standsIn(path)).map(folderOfPath))).toEqual(
      new Set(['functions', 'lib', 'node_modules']),
    );
    expect(paths.filter((path) => /^lib\/(cli|local|yaml)\//.test(path))).toEqual([]);
    const unwanted =
      /node_modules\/(aws-cdk-lib|constructs|esbuild|commander|dynalite|yaml|cli-table3|picocolors)\//;
    expect(paths.filter((path) => unwanted.test(path))).toEqual([]);
    const imported = Object.values(outputs).flatMap(({ imports }) => imports.map(({ path }) => path));
    expect(imported.length).toBeGreaterThan(3);
    expect(imported.filter((path) => !isBuiltin(path) && !NEVER_LOADED.some(isLike(path)))).toEqual([]);
    // As a module, this one costs a cold start more than all that is ours.
    const [code] = bundleOf(name).outputFiles.filter(({ path }) => path.endsWith('.mjs'));
    expect(code?.text).not.toMatch(/from ?["'](?:node:)?https?["']/);
  });

  it('is small', () => {
    const [code] = bundleOf(name).outputFiles.filter(({ path }) => path.endsWith('.mjs'));
    const bytes = code?.contents.length ?? Number.POSITIVE_INFINITY;
    const gzipped = gzipSync(code?.contents ?? '').length;
    console.info(`${name}: ${bytes.toLocaleString('en')} bytes, ${gzipped.toLocaleString('en')} gzipped`);
    expect(bytes).toBeLessThanOrEqual(MAX_BUNDLE_BYTES);
    expect(gzipped).toBeLessThanOrEqual(MAX_GZIPPED_BYTES);
  });
});

describe('the bundles', () => {
  it('are made of every function that there is', async () => {
    const files = await readdir(join(import.meta.dirname, '../../functions'));
    expect(files).toEqual(expect.arrayContaining(NAMES.map((name) => `${name}.ts`)));
  });

  it('are the same whenever they are made', () => {
    const [once, again] = [bundleFunction('check-budgets'), bundleFunction('check-budgets')].map(
      ({ outputFiles }) => outputFiles.map(({ hash }) => hash),
    );
    expect(again).toEqual(once);
  });

  it('bring neither the OpenAI client nor the secrets into the check', () => {
    const paths = Object.keys(bundleOf('check-budgets').metafile.inputs);
    expect(paths.filter((path) => /lib\/openai\/|node_modules\/undici\/|secrets-manager/.test(path))).toEqual(
      [],
    );
  });
});
