// Opens the organization that the environment names: OPENAI_ADMIN_KEY, and OPENAI_BASE_URL as in OpenAI's own SDKs.
import { BudgetAlertsError } from '../errors.ts';
import { DEFAULT_BASE_URL } from '../openai/base-url.ts';
import { createUsageSource } from '../openai/usage-source.ts';
import type { UsageSource } from '../spend/usage-source.ts';

/** OpenAI publishes no limit for these endpoints; at one request a second nobody has reported one. */
const MIN_INTERVAL_MS = 1_000;

const LOOPBACK = /^https?:\/\/(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:|\/|$)/;

/** @throws BudgetAlertsError `openai-key-missing` or `openai-base-url-invalid` */
export function openAiFromEnvironment(environment: NodeJS.ProcessEnv): UsageSource & AsyncDisposable {
  const adminKey = environment.OPENAI_ADMIN_KEY?.trim() ?? '';
  if (adminKey === '') {
    throw new BudgetAlertsError(
      'openai-key-missing',
      'OPENAI_ADMIN_KEY is not set. An organization owner makes an admin key with the scope api.usage.read ' +
        '(and api.management.read, for names) at https://platform.openai.com/settings/organization/admin-keys.',
    );
  }
  const source = createUsageSource({
    adminKey: () => Promise.resolve(adminKey),
    keyPlace: 'into OPENAI_ADMIN_KEY',
    ...openAiAddress(environment),
  });
  return { ...source, [Symbol.asyncDispose]: () => source.close() };
}

/** Where OpenAI is, and how often it may be asked. */
export function openAiAddress(environment: NodeJS.ProcessEnv) {
  const baseUrl = environment.OPENAI_BASE_URL?.trim() || DEFAULT_BASE_URL;
  return { baseUrl, minIntervalMs: LOOPBACK.test(baseUrl) ? 0 : MIN_INTERVAL_MS };
}
