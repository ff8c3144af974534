// The published package: packed, unpacked into an empty folder, and used there by apps in TypeScript and in JavaScript.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { FUNCTION_NAMES } from '../../infra/function-names.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const run = promisify(execFile);
const CHECKOUT = join(import.meta.dirname, '../..');
const TSC = join(CHECKOUT, 'node_modules/typescript/bin/tsc');

const manifestSchema = v.object({
  dependencies: v.record(v.string(), v.string()),
  peerDependencies: v.record(v.string(), v.string()),
  bin: v.object({ 'budget-alerts': v.string() }),
  exports: v.record(v.string(), v.union([v.string(), v.record(v.string(), v.string())])),
});
const templateSchema = v.object({
  Resources: v.record(v.string(), v.looseObject({ Type: v.string() })),
  Outputs: v.record(v.string(), v.looseObject({ Description: v.string() })),
});
const assetsSchema = v.object({
  files: v.record(v.string(), v.object({ source: v.object({ path: v.string(), packaging: v.string() }) })),
});

/** Whoever tries to reach anything but this process fails. */
const NO_NETWORK = `
  const net = require('node:net');
  net.Socket.prototype.connect = () => { throw new Error('The network was asked for.'); };
`;

const APP = (load: string) => `
  ${load}
  const app = new App({ outdir: process.argv[2] });
  const stack = new Stack(app, 'Mine');
  const alerts = new OpenAiBudgetAlerts(stack, 'Budgets', {
    organizations: [{
      id: 'default',
      adminKey: Secret.fromSecretNameV2(stack, 'Key', 'key'),
      budgets: [{ id: 'all', limit: 0.1, period: 'monthly' }],
    }],
    email: ['ann@example.com'],
    slack: { webhookSecret: Secret.fromSecretNameV2(stack, 'Hook', 'hook') },
    amazonQ: {},
    digest: 'daily',
  });
  console.log(alerts.organizations.join());
  app.synth();
`;
const REQUIRE = `
  const { App, Stack } = require('aws-cdk-lib');
  const { Secret } = require('aws-cdk-lib/aws-secretsmanager');
  const { OpenAiBudgetAlerts } = require('openai-budget-alerts');
`;
const IMPORT = `
  import { App, Stack } from 'aws-cdk-lib';
  import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
  import { OpenAiBudgetAlerts } from 'openai-budget-alerts';
`;

let folder: string;
let packed: string;
let manifest: v.InferOutput<typeof manifestSchema>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'packed-'));
  const modules = join(folder, 'node_modules');
  packed = join(modules, 'openai-budget-alerts');
  const { stdout } = await run('npm', ['pack', '--silent', '--pack-destination', folder], { cwd: CHECKOUT });
  await mkdir(packed, { recursive: true });
  const tarball = join(folder, stdout.trim().split('\n').at(-1) ?? '');
  await run('tar', ['-xzf', tarball, '-C', packed, '--strip-components=1']);
  manifest = v.parse(manifestSchema, JSON.parse(await readFile(join(packed, 'package.json'), 'utf8')));
  // What the package declares, and nothing else, is there beside it; these come from the checkout, not from a registry.
  for (const name of Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies })) {
    await mkdir(dirname(join(modules, name)), { recursive: true });
    await symlink(join(CHECKOUT, 'node_modules', name), join(modules, name));
  }
  await mkdir(join(modules, '@types'));
  await symlink(join(CHECKOUT, 'node_modules/@types/node'), join(modules, '@types/node'));
  await writeFile(join(folder, 'no-network.cjs'), NO_NETWORK);
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

/** Without the network, other processes, or a program on the PATH. */
async function synthesize(app: string): Promise<string> {
  const outdir = join(folder, `${app}.out`);
  const isolated = ['--permission', '--allow-fs-read=*', `--allow-fs-write=${folder}`, '--no-warnings'];
  const node = [...isolated, '--require', join(folder, 'no-network.cjs'), join(folder, app), outdir];
  const { stdout } = await run(process.execPath, node, { cwd: folder, env: { TMPDIR: folder } });
  expect(stdout).toBe('default\n');
  return outdir;
}

async function expectDeployable(outdir: string): Promise<void> {
  const json = async (name: string): Promise<unknown> =>
    JSON.parse(await readFile(join(outdir, name), 'utf8'));
  const { Resources, Outputs } = v.parse(templateSchema, await json('Mine.template.json'));
  expect(Object.values(Outputs).map(({ Description }) => Description)).toContain(
    'BudgetsTableName of openai-budget-alerts in Budgets',
  );
  const functions = Object.values(Resources).filter(({ Type }) => Type === 'AWS::Lambda::Function');
  const { files } = v.parse(assetsSchema, await json('Mine.assets.json'));
  const folders = Object.values(files).filter(({ source }) => source.packaging === 'zip');
  expect(folders).toHaveLength(functions.length);
  expect(functions).toHaveLength(FUNCTION_NAMES.length);
  for (const { source } of folders) {
    expect(await readFile(join(outdir, source.path, 'index.mjs'), 'utf8')).toContain('as handler');
    const map = await readFile(join(outdir, source.path, 'index.mjs.map'), 'utf8');
    expect(JSON.parse(map)).not.toHaveProperty('sourcesContent');
  }
}

describe('the package', () => {
  it('brings no bundler, no sources and no tests', () => {
    expect(existsSync(join(folder, 'node_modules/esbuild'))).toBe(false);
    for (const name of ['infra', 'functions', 'lib', 'test', 'dist/test', 'dist/infra/app.js']) {
      expect([name, existsSync(join(packed, name))]).toEqual([name, false]);
    }
  });

  it('has every file that its manifest names', () => {
    const named = [
      manifest.bin['budget-alerts'],
      ...Object.values(manifest.exports).flatMap((target) =>
        typeof target === 'string' ? [target] : Object.values(target),
      ),
    ];
    expect(named.length).toBeGreaterThan(4);
    expect(named.filter((path) => !existsSync(join(packed, path)))).toEqual([]);
  });

  it('synthesizes from JavaScript that requires it', async () => {
    await writeFile(join(folder, 'required.cjs'), APP(REQUIRE));
    await expectDeployable(await synthesize('required.cjs'));
  });

  it.each([
    { module: 'commonjs', resolution: 'bundler', type: 'commonjs' },
    { module: 'nodenext', resolution: 'nodenext', type: 'commonjs' },
    { module: 'nodenext', resolution: 'nodenext', type: 'module' },
  ])('synthesizes from TypeScript compiled as $module in a package of type $type', async (kind) => {
    const app = join(folder, `${kind.module}-${kind.type}`);
    await mkdir(app);
    await writeFile(join(app, 'package.json'), JSON.stringify({ type: kind.type }));
    await writeFile(join(app, 'app.ts'), APP(IMPORT));
    const options = ['--strict', '--target', 'es2022', '--types', 'node', '--skipLibCheck', 'true'];
    const modules = ['--module', kind.module, '--moduleResolution', kind.resolution];
    await run(process.execPath, [TSC, ...options, ...modules, 'app.ts'], { cwd: app }).catch((error) => {
      throw new Error(error.stdout);
    });
    await expectDeployable(await synthesize(`${kind.module}-${kind.type}/app.js`));
  });

  it('refuses props that are none, in TypeScript', async () => {
    const wrong = APP(IMPORT).replace("id: 'default'", 'id: 1');
    await writeFile(join(folder, 'wrong.mts'), wrong);
    const options = [
      '--noEmit',
      '--strict',
      '--module',
      'nodenext',
      '--types',
      'node',
      '--skipLibCheck',
      'true',
    ];
    await expect(
      run(process.execPath, [TSC, ...options, 'wrong.mts'], { cwd: folder }),
    ).rejects.toMatchObject({
      stdout: expect.stringContaining("Type 'number' is not assignable to type 'string'"),
    });
  });
});

describe('the command of the package', () => {
  const command = (...args: string[]) =>
    run(process.execPath, [join(packed, manifest.bin['budget-alerts']), ...args], { cwd: folder, env: {} });

  it('prints its help', async () => {
    const { stdout } = await command('--help');
    expect(stdout).toContain('Usage: budget-alerts');
  });

  it('validates a budgets file', async () => {
    await writeFile(join(folder, 'good.yaml'), 'budgets: [{ id: all, limit: 5, period: monthly }]\n');
    await writeFile(join(folder, 'bad.yaml'), 'budgets: [{ id: all, limit: five, period: monthly }]\n');
    expect((await command('validate', 'good.yaml')).stdout).toContain('1 budget');
    await expect(command('validate', 'bad.yaml')).rejects.toMatchObject({ code: 1 });
  });
});
