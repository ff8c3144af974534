// Builds what is published: the construct and the command as JavaScript with types, and each function bundled.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { FUNCTION_NAMES } from './function-names.ts';
import { writeBundle } from './write-bundle.ts';

const ROOT = join(import.meta.dirname, '..');
const DIST = join(ROOT, 'dist');
/** Data that the sources do not import and that readers of our messages do. */
const SCHEMAS = ['lib/notify/alert-v1.schema.json'];

rmSync(DIST, { recursive: true, force: true });
const compiler = createRequire(import.meta.url).resolve('typescript/package.json');
execFileSync(process.execPath, [join(dirname(compiler), 'bin/tsc'), '-p', 'tsconfig.build.json'], {
  cwd: ROOT,
  stdio: 'inherit',
});
for (const schema of SCHEMAS) cpSync(join(ROOT, schema), join(DIST, schema));
// Beside the compiled `infra`, where `functionCode` looks for them.
for (const name of FUNCTION_NAMES) {
  const folder = join(DIST, 'functions', name);
  mkdirSync(folder, { recursive: true });
  writeBundle(name, folder);
}
