// When the end of the admin key is worth a word to operations: two weeks ahead, three days ahead, and when it has come.
import type { Condition } from '../alert/notice.ts';
import type { KeyExpiry } from '../spend/key-expiry.ts';
import { DAY_MS, type Instant } from '../time/instant.ts';
import { shortInstant } from './period-name.ts';

const STEPS = [
  { state: 'expired', withinDays: 0, says: 'has expired' },
  { state: 'expires-3', withinDays: 3, says: 'expires within 3 days' },
  { state: 'expires-14', withinDays: 14, says: 'expires within 14 days' },
] as const;

/** `null`: no end is known, or it is more than 14 days away. */
export function keyExpiryCondition(expiry: KeyExpiry | null, tick: Instant): Condition | null {
  if (expiry === null) return null;
  const { name, expiresAt } = expiry;
  const step = STEPS.find(({ withinDays }) => expiresAt - tick <= withinDays * DAY_MS);
  if (step === undefined) return null;

  const ended = step.state === 'expired';
  const which = name === null ? 'The OpenAI admin key in use' : `The OpenAI admin key in use, "${name}",`;
  const effect = ended
    ? 'Unless it has been replaced, nothing of OpenAI can be read: budgets keep their last state, and no new breach is seen.'
    : 'From then on nothing of OpenAI can be read: budgets would keep their last state, and no new breach would be seen.';
  return {
    code: 'AdminKeyExpiring',
    state: step.state,
    title: `The OpenAI admin key ${step.says}${name === null ? '' : `: ${name}`}`,
    text:
      `${which} ${ended ? 'expired' : 'expires'} at ${shortInstant(expiresAt)}. ${effect}\n\n` +
      'Create a new admin key with api.usage.read and api.management.read at ' +
      'https://platform.openai.com/settings/organization/admin-keys and put it in place of the old one into the secret that the ' +
      "organization's adminKey names (openai-budget-alerts/ and its id, unless told otherwise). " +
      'It is picked up within 5 minutes, and you hear that this is resolved within two days.',
  };
}
