// Examines the address that the admin key would be sent to.
import { type Finding, finding, fine } from '../run/finding.ts';
import { SourceError } from '../spend/usage-source.ts';
import { parseBaseUrl } from './base-url.ts';

const CHECK = 'openai-base-url';

/** Nothing of an address that is refused is in what this says: it may hold a password. */
export function examineBaseUrl(text: string): Finding {
  try {
    return fine(CHECK, `The key is sent to ${parseBaseUrl(text)} and nowhere else.`);
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    return finding(CHECK, 'failed', 'The key cannot be sent to this base URL.', error.message);
  }
}
