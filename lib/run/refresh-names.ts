// Keeps what people read beside the spend at hand: names of projects, and the admin key's expiry. Never worth an alert.
import type { Problem } from '../budget/problem.ts';
import type { KeyExpiry } from '../spend/key-expiry.ts';
import type { NameStore, Names } from '../spend/name-store.ts';
import { SourceError, type UsageSource } from '../spend/usage-source.ts';
import { DAY_MS, HOUR_MS, type Instant } from '../time/instant.ts';

interface NamesInput {
  readonly organization: string;
  readonly tick: Instant;
  readonly deadline: Instant;
}

interface NamesPorts {
  readonly names: NameStore;
  readonly source: UsageSource;
}

/** Once a day; once an hour while some project that spends has no name yet. Names that cannot be read are a warning. */
export async function refreshNames(
  { organization, tick, deadline }: NamesInput,
  spending: ReadonlySet<string>,
  { names, source }: NamesPorts,
): Promise<Problem | null> {
  const known = await names.projectNames(organization);
  const unnamed = [...spending].some((id) => !known.names.has(id));
  const age = known.readAt === null ? Number.POSITIVE_INFINITY : tick - known.readAt;
  if (age < (unnamed ? HOUR_MS : DAY_MS)) return null;
  try {
    const fresh = await source.projectNames(deadline);
    const keyExpiry = await keyExpiryNow(source, deadline, known.keyExpiry);
    await names.rememberNames(organization, { names: fresh, keyExpiry, readAt: tick });
    return null;
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    if (error.code === 'openai-scope-missing') await forgetKeyExpiry(organization, known, names);
    const message = `Project names could not be read, messages show ids instead. ${error.message}`;
    return { code: 'names-unavailable', path: 'sources.names', line: null, message, severity: 'warning' };
  }
}

/** What is known stays where OpenAI does not answer: a bad minute must not call off a warning that still holds. */
async function keyExpiryNow(
  source: UsageSource,
  deadline: Instant,
  known: KeyExpiry | null,
): Promise<KeyExpiry | null> {
  try {
    return await source.keyExpiry(deadline);
  } catch (error) {
    if (error instanceof SourceError) return known;
    throw error;
  }
}

/** A key that may not read names is hardly the one whose expiry was read: the end of that one is no news any more. */
async function forgetKeyExpiry(organization: string, known: Names, names: NameStore): Promise<void> {
  const { readAt, keyExpiry } = known;
  if (readAt === null || keyExpiry === null) return;
  await names.rememberNames(organization, { names: known.names, keyExpiry: null, readAt });
}
