// Bundles a function with all that it imports into one file, so that it runs on nothing but Node.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { FunctionName } from './function-names.ts';

const ROOT = join(import.meta.dirname, '..');

/** undici is CommonJS and requires Node's modules when it runs; a module of the new kind has no `require`. */
const REQUIRE =
  "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);";

/** The files of the bundle as bytes: `index.mjs` and its source map. The same sources give the same bytes everywhere. */
export function bundleFunction(name: FunctionName) {
  const { buildSync } = bundler();
  return buildSync({
    absWorkingDir: ROOT,
    entryPoints: [`functions/${name}.ts`],
    // Not written here: the paths in the source map are relative to it.
    outfile: 'index.mjs',
    write: false,
    metafile: true,
    bundle: true,
    minify: true,
    // Errors are told apart by the names of their classes, in the logs and in Lambda's answer.
    keepNames: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    mainFields: ['module', 'main'],
    banner: { js: REQUIRE },
    sourcemap: 'linked',
    sourcesContent: false,
    logLevel: 'warning',
  });
}

/** Loaded when it is needed: the published package comes with its functions bundled, and without esbuild. */
function bundler(): typeof import('esbuild') {
  return createRequire(import.meta.url)('esbuild');
}
