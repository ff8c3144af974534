// A function's code as an asset of the stack: bundled on this machine while the stack is synthesized.
import { writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { AssetHashType, DockerImage } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { bundleFunction } from './bundle-function.ts';
import type { FunctionName } from './function-names.ts';

/** For `index.mjs` in the bundle. */
export const HANDLER = 'index.handler';

/**
 * The asset is named by what is in the bundle: a change that leaves the bundle as it was deploys nothing. CDK skips the
 * bundling where no stack needs it (`cdk list`, `cdk destroy`).
 */
export function functionCode(name: FunctionName): Code {
  return Code.fromAsset(join(import.meta.dirname, '..', 'functions'), {
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      // Never run: bundling here cannot decline. The command tells this asset from the others of the same folder.
      image: DockerImage.fromRegistry('none'),
      command: [name],
      local: {
        tryBundle(outputFolder) {
          for (const { path, contents } of bundleFunction(name).outputFiles) {
            writeFileSync(join(outputFolder, basename(path)), contents);
          }
          return true;
        },
      },
    },
  });
}
