// Keeps the structure: who may import whom, read from the import statements of every file, type-only ones too.
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..');

/** Each imports only what stands to its left. */
const DOMAIN = ['lists', 'money', 'time', 'spend', 'budget', 'alert', 'notify', 'run'];

/** Edge → the packages that it alone may import. */
const EDGES: Record<string, readonly string[]> = {
  openai: ['undici'],
  aws: [
    '@aws-sdk/client-cloudformation',
    '@aws-sdk/client-dynamodb',
    '@aws-sdk/client-secrets-manager',
    '@aws-sdk/client-sns',
    'valibot',
  ],
  webhook: ['undici'],
  yaml: ['yaml'],
  local: ['dynalite'],
  cli: ['commander', 'cli-table3', 'picocolors'],
};

/** All that the stack knows of the code that it deploys, and the budgets that it may declare, read by the one parser. */
const SHARED_WITH_INFRA = [
  'lib/aws/deployment-names.ts',
  'lib/aws/table-definitions.ts',
  'lib/budget/budget-spec.ts',
  'lib/budget/exceeds-retention.ts',
  'lib/budget/parse-budgets.ts',
  'lib/budget/problem.ts',
  'lib/budget/route.ts',
  'lib/budget/unknown-routes.ts',
  'lib/budget/severity.ts',
  'lib/notify/message-kinds.ts',
  'lib/notify/webhook-channels.ts',
  'lib/spend/retention.ts',
  'lib/yaml/read-source-node.ts',
];
const INFRA_PACKAGES = ['aws-cdk-lib', 'constructs', 'esbuild'];
const DEPLOYMENT_CONFIG = 'budget-alerts.config.ts';

/** Edges that wire others together. */
const WIRING = ['cli', 'local'];

/** Deterministic, so the domain may use it; everything else of Node's stays at the edges. */
const PURE_NODE_IMPORT = "import { createHash } from 'node:crypto'";

const IMPORT =
  /(?:^|\n)\s*(?:import|export)\s[^'"`;]*?from\s*'([^']+)'|(?:^|\n)\s*import\s*'([^']+)'|import\(\s*'([^']+)'\s*\)/g;

const files = globSync('{lib,functions,infra}/**/*.ts', { cwd: ROOT })
  .filter((path) => !path.endsWith('.d.ts'))
  .sort();

interface Import {
  readonly from: string;
  readonly target: string;
  readonly statement: string;
}

function importsOf(path: string): Import[] {
  const source = readFileSync(join(ROOT, path), 'utf8');
  return [...source.matchAll(IMPORT)].map((match) => {
    const specifier = match[1] ?? match[2] ?? match[3] ?? '';
    const target = specifier.startsWith('.')
      ? relative(ROOT, join(ROOT, dirname(path), specifier))
      : specifier;
    return { from: path, target, statement: match[0].trim() };
  });
}

const imports = files.flatMap(importsOf);

/** `lib/money/amount.ts` → `money`; `lib/errors.ts` → `errors.ts`. */
function folderOf(path: string): string {
  const [top, folder = ''] = path.split('/');
  return top === 'lib' ? folder : (top ?? '');
}

function packageOf(target: string): string {
  return target.startsWith('@') ? target.split('/').slice(0, 2).join('/') : (target.split('/')[0] ?? '');
}

function violations(paths: (path: string) => boolean, allowed: (found: Import) => boolean): string[] {
  return imports
    .filter((found) => paths(found.from) && !allowed(found))
    .map(({ from, target }) => `${from} imports ${target}`);
}

const isLocal = (target: string) =>
  target.startsWith('lib/') || target.startsWith('functions/') || target.startsWith('infra/');

describe('the architecture', () => {
  it('is read from real files and real imports', () => {
    expect(files.length).toBeGreaterThan(30);
    expect(imports).toContainEqual(
      expect.objectContaining({ from: 'lib/alert/reached.ts', target: 'lib/money/amount.ts' }),
    );
  });

  it.each(DOMAIN.map((folder, position) => ({ folder, left: DOMAIN.slice(0, position) })))(
    'lib/$folder imports only itself, the errors and $left',
    ({ folder, left }) => {
      const own = ['errors.ts', folder, ...left];
      expect(
        violations(
          (path) => folderOf(path) === folder,
          ({ target, statement }) =>
            statement === PURE_NODE_IMPORT || (target.startsWith('lib/') && own.includes(folderOf(target))),
        ),
      ).toEqual([]);
    },
  );

  it('keeps clocks, randomness and the process out of the domain', () => {
    const impure =
      /\bprocess\.|\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bperformance\.|\bsetTimeout\(|\bfetch\(/;
    const found = files.filter(
      (path) => DOMAIN.includes(folderOf(path)) && impure.test(readFileSync(join(ROOT, path), 'utf8')),
    );
    expect(found).toEqual([]);
  });

  it.each(Object.keys(EDGES))('lib/%s imports the domain, its own vendor and no other edge', (edge) => {
    expect(
      violations(
        (path) => folderOf(path) === edge,
        ({ target }) => {
          if (target.startsWith('node:')) return true;
          if (!isLocal(target)) return (EDGES[edge] ?? []).includes(packageOf(target));
          const folder = folderOf(target);
          const isDomain = DOMAIN.includes(folder) || folder === 'errors.ts' || folder === edge;
          return isDomain || (WIRING.includes(edge) && folder in EDGES);
        },
      ),
    ).toEqual([]);
  });

  it('gives every folder of lib a place in these rules', () => {
    const folders = new Set(files.filter((path) => path.startsWith('lib/')).map(folderOf));
    expect(
      [...folders].filter((name) => ![...DOMAIN, ...Object.keys(EDGES), 'errors.ts'].includes(name)),
    ).toEqual([]);
  });

  it('lets functions import use cases and edges, never the command or CDK', () => {
    expect(
      violations(
        (path) => path.startsWith('functions/'),
        ({ target }) =>
          target.startsWith('node:') ||
          target.startsWith('functions/') ||
          (target.startsWith('lib/') && !['cli', 'local', 'yaml'].includes(folderOf(target))),
      ),
    ).toEqual([]);
  });

  it('lets infra import CDK, the names that it shares with the functions and the parser of budgets, and nothing that runs', () => {
    expect(imports).toContainEqual(
      expect.objectContaining({ from: 'infra/app.ts', target: DEPLOYMENT_CONFIG }),
    );
    expect(
      violations(
        (path) => path.startsWith('infra/'),
        ({ target, from }) =>
          target.startsWith('node:') ||
          target.startsWith('infra/') ||
          SHARED_WITH_INFRA.includes(target) ||
          (from === 'infra/app.ts' && target === DEPLOYMENT_CONFIG) ||
          (!isLocal(target) && INFRA_PACKAGES.includes(packageOf(target))),
      ),
    ).toEqual([]);
  });

  it('has no cycles', () => {
    const edges = new Map(files.map((path) => [path, importsOf(path).map(({ target }) => target)]));
    const done = new Set<string>();
    const visit = (path: string, trail: readonly string[]): string[] => {
      if (trail.includes(path)) return [...trail.slice(trail.indexOf(path)), path];
      if (done.has(path)) return [];
      for (const target of edges.get(path) ?? []) {
        const cycle = visit(target, [...trail, path]);
        if (cycle.length > 0) return cycle;
      }
      done.add(path);
      return [];
    };
    expect(files.flatMap((path) => visit(path, []))).toEqual([]);
  });

  it('has no barrel files', () => {
    expect(files.filter((path) => path.endsWith('/index.ts'))).toEqual([]);
    const reexports = imports.filter(
      ({ statement, from }) => statement.startsWith('export') && from.startsWith('lib/'),
    );
    expect(reexports.map(({ from }) => from)).toEqual([]);
  });

  it('says in the first line of every file what it is responsible for', () => {
    const everyFile = [...files, ...globSync('test/**/*.ts', { cwd: ROOT, exclude: ['**/node_modules/**'] })];
    const silent = everyFile.filter(
      (path) => !/^(#!.*\n)?\/\/ \S.{20,}/.test(readFileSync(join(ROOT, path), 'utf8')),
    );
    expect(silent).toEqual([]);
  });

  it('keeps files short and their names plain', () => {
    const lines = (path: string) => readFileSync(join(ROOT, path), 'utf8').split('\n').length - 1;
    expect(files.filter((path) => lines(path) > 350)).toEqual([]);
    expect(
      globSync('test/**/*.ts', { cwd: ROOT, exclude: ['**/node_modules/**'] }).filter(
        (path) => lines(path) > 500,
      ),
    ).toEqual([]);
    const sorted = files.map(lines).sort((a, b) => a - b);
    expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThanOrEqual(90);
    expect(
      files.filter((path) => /manager|helper|utils?\b|[A-Z]/.test(path.split('/').at(-1) ?? '')),
    ).toEqual([]);
  });
});
