// Whether a subscription's filter policy takes a message, as far as exact values decide it.
import * as v from 'valibot';
import { mapOf } from './stored-values.ts';

/** `unknown`: it matches by prefixes, numbers or the body, which only SNS itself can tell. */
export type FilterVerdict = 'takes' | 'leaves-out' | 'unknown';

const policy = v.pipe(v.string(), v.parseJson(), mapOf(v.string(), v.array(v.unknown())));

/**
 * By docs.aws.amazon.com/sns/latest/dg/sns-subscription-filter-policies.html: every attribute that the policy names must
 * be there and have one of the values.
 * @param text what GetSubscriptionAttributes gives as FilterPolicy; blank where there is none
 */
export function verdictOfFilter(
  text: string,
  attributes: Readonly<Record<string, string | undefined>>,
): FilterVerdict {
  if (text === '') return 'takes';
  const parsed = v.safeParse(policy, text);
  if (!parsed.success) return 'unknown';
  const verdicts = [...parsed.output].map(([name, values]): FilterVerdict => {
    const value = attributes[name];
    if (value !== undefined && values.includes(value)) return 'takes';
    return values.every((each) => typeof each === 'string') ? 'leaves-out' : 'unknown';
  });
  if (verdicts.includes('leaves-out')) return 'leaves-out';
  return verdicts.includes('unknown') ? 'unknown' : 'takes';
}
