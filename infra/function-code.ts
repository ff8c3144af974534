// A function's code as an asset of the stack: as the package brings it, or in a clone bundled while it is synthesized.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { AssetHashType, DockerImage } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import type { FunctionName } from './function-names.ts';
import { writeBundle } from './write-bundle.ts';

/** For `index.mjs` in the bundle. */
export const HANDLER = 'index.handler';

/** Sources in a clone; beside the compiled files, a folder for each function with its bundle. */
const FUNCTIONS = join(import.meta.dirname, '..', 'functions');

export function functionCode(name: FunctionName): Code {
  const bundled = join(FUNCTIONS, name);
  return existsSync(bundled) ? Code.fromAsset(bundled) : codeFromSource(name);
}

/**
 * The asset is named by what is in the bundle: a change that leaves the bundle as it was deploys nothing. CDK skips the
 * bundling where no stack needs it (`cdk list`, `cdk destroy`).
 */
function codeFromSource(name: FunctionName): Code {
  return Code.fromAsset(FUNCTIONS, {
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      // Never run: bundling here cannot decline. The command tells this asset from the others of the same folder.
      image: DockerImage.fromRegistry('none'),
      command: [name],
      local: {
        tryBundle(outputFolder) {
          writeBundle(name, outputFolder);
          return true;
        },
      },
    },
  });
}
