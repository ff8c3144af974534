// The rows of the table that are about bundles: the largest of all functions' decides.
import { gzipSync } from 'node:zlib';
import { bundleFunction } from '../../infra/bundle-function.ts';
import { FUNCTION_NAMES } from '../../infra/function-names.ts';
import type { Goal } from './goal.ts';

/** What Lambda has to fetch and read before a cold start, in bytes. */
export const MAX_BUNDLE_BYTES = 520_000;
export const MAX_GZIPPED_BYTES = 170_000;

export function bundleSizes(): Goal[] {
  const bundles = FUNCTION_NAMES.map((name) => {
    const [code] = bundleFunction(name).outputFiles.filter(({ path }) => path.endsWith('.mjs'));
    if (code === undefined) throw new Error(`${name} has no code`);
    return { bytes: code.contents.length, gzipped: gzipSync(code.contents).length };
  });
  const largest = (of: 'bytes' | 'gzipped') => Math.max(...bundles.map((bundle) => bundle[of])) / 1_000;
  return [
    { what: 'largest bundle, minified', atMost: MAX_BUNDLE_BYTES / 1_000, unit: 'KB', is: largest('bytes') },
    { what: '… and compressed', atMost: MAX_GZIPPED_BYTES / 1_000, unit: 'KB', is: largest('gzipped') },
  ];
}
