// Keeps the names of projects at hand: they make messages readable and are never worth an alert, so failing is a warning.
import type { Problem } from '../budget/problem.ts';
import type { NameStore } from '../spend/name-store.ts';
import { SourceError, type UsageSource } from '../spend/usage-source.ts';
import { DAY_MS, HOUR_MS, type Instant } from '../time/instant.ts';

interface NamesInput {
  readonly organization: string;
  readonly tick: Instant;
  readonly deadline: Instant;
}

/** Once a day; once an hour while some project that spends has no name yet. */
export async function refreshProjectNames(
  { organization, tick, deadline }: NamesInput,
  spending: ReadonlySet<string>,
  { names, source }: { readonly names: NameStore; readonly source: UsageSource },
): Promise<Problem | null> {
  const known = await names.projectNames(organization);
  const unnamed = [...spending].some((id) => !known.names.has(id));
  const age = known.readAt === null ? Number.POSITIVE_INFINITY : tick - known.readAt;
  if (age < (unnamed ? HOUR_MS : DAY_MS)) return null;
  try {
    const fresh = await source.projectNames(deadline);
    await names.rememberProjectNames(organization, fresh, tick);
    return null;
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    const message = `Project names could not be read, messages show ids instead. ${error.message}`;
    return { code: 'names-unavailable', path: 'sources.names', line: null, message, severity: 'warning' };
  }
}
