// Bundles a function with all that it imports into one file, so that it runs on nothing but Node.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { BuildOptions } from 'esbuild';
import type { FunctionName } from './function-names.ts';

const ROOT = join(import.meta.dirname, '..');

/** undici is CommonJS and requires Node's modules when it runs; a module of the new kind has no `require`. */
const REQUIRE =
  "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);";

/**
 * What a function never uses is most of what its packages bring, and what it imports is read and compiled at every cold
 * start:
 * - undici's entry brings fetch, caches, WebSockets and mocks: 650 KB of a bundle;
 * - the SDK's chain of credential providers brings clients of SSO and STS: 125 KB;
 * - importing `node:http` as a module, and not requiring it, makes Node run every getter of it, and one of them loads Node's
 *   own fetch (nodejs/node#59686): some 25 ms, and no bytes.
 */
const IN_PLACE_OF: Readonly<Record<string, string>> = {
  undici: './infra/in-place-of/undici.js',
  '@aws-sdk/credential-provider-node': './infra/in-place-of/credential-provider-node.js',
  'node:http': required('node:http'),
  'node:https': required('node:https'),
};

/** `esbuildDetection` is undici's own word for: leave out the second parser, which is an experiment (150 KB). */
const KNOWN: Readonly<Record<string, string>> = {
  esbuildDetection: 'true',
  'process.env.JEST_WORKER_ID': 'undefined',
};

/**
 * Required or imported by name where a function never comes: the parser for processors without SIMD, forms as bodies, event
 * streams. 130 KB of each collector.
 */
export const NEVER_LOADED = [
  '../llhttp/llhttp-wasm.js',
  '../web/fetch/*',
  '../web/webidl',
  '@smithy/core/event-streams',
] as const;

/** The address of a CommonJS module that is the built-in one. */
function required(builtin: string): string {
  return `data:text/javascript,module.exports=process.getBuiltinModule('${builtin}')`;
}

/** How every function is bundled. */
export const BUNDLING = {
  absWorkingDir: ROOT,
  bundle: true,
  minify: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  mainFields: ['module', 'main'],
  alias: { ...IN_PLACE_OF },
  define: { ...KNOWN },
  external: [...NEVER_LOADED],
  banner: { js: REQUIRE },
  logLevel: 'warning',
} satisfies BuildOptions;

/** The files of the bundle as bytes: `index.mjs` and its source map. The same sources give the same bytes everywhere. */
export function bundleFunction(name: FunctionName) {
  const { buildSync } = bundler();
  return buildSync({
    ...BUNDLING,
    entryPoints: [`functions/${name}.ts`],
    // Not written here: the paths in the source map are relative to it.
    outfile: 'index.mjs',
    write: false,
    metafile: true,
    sourcemap: 'linked',
    sourcesContent: false,
  });
}

/** Loaded when it is needed: the published package comes with its functions bundled, and without esbuild. */
function bundler(): typeof import('esbuild') {
  return createRequire(import.meta.url)('esbuild');
}
