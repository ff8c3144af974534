// Writes a function's bundle into a folder: the file that Lambda loads, and its source map.
import { writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { bundleFunction } from './bundle-function.ts';
import type { FunctionName } from './function-names.ts';

/** `folder` is there already. */
export function writeBundle(name: FunctionName, folder: string): void {
  for (const { path, contents } of bundleFunction(name).outputFiles) {
    writeFileSync(join(folder, basename(path)), contents);
  }
}
