// Whether the Node that runs the command is one that it was made for.
import { type Finding, finding, fine } from '../run/finding.ts';

/** As `engines` in package.json says. */
export const LEAST_NODE = '22.19';

export function nodeFinding(version: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [leastMajor = 0, leastMinor = 0] = LEAST_NODE.split('.').map(Number);
  if (major > leastMajor || (major === leastMajor && minor >= leastMinor)) {
    return fine('node', `Node ${version} runs this.`);
  }
  const fix =
    'Install Node 24 (https://nodejs.org), or run the command by `npm run budget-alerts`, which brings its own.';
  return finding('node', 'failed', `Node ${version} is older than ${LEAST_NODE}.`, fix);
}
