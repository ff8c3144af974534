// Keeps what people read beside the spend at hand: names for ids, and the admin key's expiry. Never worth an alert.
import type { Problem } from '../budget/problem.ts';
import type { KeyExpiry } from '../spend/key-expiry.ts';
import type { MemberNames, NameStore, Names } from '../spend/name-store.ts';
import { SourceError, type UsageSource } from '../spend/usage-source.ts';
import { DAY_MS, HOUR_MS, type Instant } from '../time/instant.ts';
import type { NamedDimension } from './read-names.ts';

interface NamesInput {
  readonly organization: string;
  readonly tick: Instant;
  readonly deadline: Instant;
}

interface NamesPorts {
  readonly names: NameStore;
  readonly source: UsageSource;
}

/** What the rows of a run hold: dimension → ids. A dimension that is absent is one that no budget looks at. */
export type SpendingIds = ReadonlyMap<NamedDimension, ReadonlySet<string>>;

/** Once a day; once an hour while somebody who spends has no name yet. Names that cannot be read are a warning. */
export async function refreshNames(
  input: NamesInput,
  spending: SpendingIds,
  ports: NamesPorts,
): Promise<Problem | null> {
  const { organization, tick } = input;
  const known = await ports.names.projectNames(organization);
  try {
    // Keys are listed by project, so whoever wants their names must know the projects.
    const areNeeded = spending.has('project') || spending.has('api_key');
    const wanted = spending.has('api_key') && known.names.size === 0 ? ANYBODY : spending.get('project');
    const projects = isDue(known, wanted, tick)
      ? await refreshProjects(input, known, areNeeded, ports)
      : known.names;
    const users = spending.get('user');
    if (users !== undefined) await refreshUsers(input, users, ports);
    const keys = spending.get('api_key');
    if (keys !== undefined) await refreshKeys(input, keys, projects, ports);
    return null;
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    if (error.code === 'openai-scope-missing') await forgetKeyExpiry(organization, known, ports.names);
    const message = `Names could not be read, messages show ids instead. ${error.message}`;
    return { code: 'names-unavailable', path: 'sources.names', line: null, message, severity: 'warning' };
  }
}

/** Stands for somebody who has no name yet. */
const ANYBODY: ReadonlySet<string> = new Set(['']);

function isDue(
  { names, readAt }: MemberNames,
  spending: ReadonlySet<string> | undefined,
  tick: Instant,
): boolean {
  const unnamed = [...(spending ?? [])].some((id) => !names.has(id));
  const age = readAt === null ? Number.POSITIVE_INFINITY : tick - readAt;
  return age >= (unnamed ? HOUR_MS : DAY_MS);
}

/** With them the admin key's expiry, which is news to operations whatever the budgets look at. */
async function refreshProjects(
  { organization, tick, deadline }: NamesInput,
  known: Names,
  areNeeded: boolean,
  { names, source }: NamesPorts,
): Promise<ReadonlyMap<string, string>> {
  const fresh = areNeeded ? await source.projectNames(deadline) : known.names;
  const keyExpiry = await keyExpiryNow(source, deadline, known.keyExpiry);
  await names.rememberNames(organization, { names: fresh, keyExpiry, readAt: tick });
  return fresh;
}

async function refreshUsers(
  { organization, tick, deadline }: NamesInput,
  spending: ReadonlySet<string>,
  { names, source }: NamesPorts,
): Promise<void> {
  const known = await names.memberNames(organization, 'user');
  if (!isDue(known, spending, tick)) return;
  const fresh = await source.userNames(deadline);
  await names.rememberMemberNames(organization, 'user', { names: fresh, readAt: tick });
}

/** Keys are found project by project, so those that were found before stay: a deleted key has spent all the same. */
async function refreshKeys(
  { organization, tick, deadline }: NamesInput,
  spending: ReadonlySet<string>,
  projects: ReadonlyMap<string, string>,
  { names, source }: NamesPorts,
): Promise<void> {
  const known = await names.memberNames(organization, 'api_key');
  if (!isDue(known, spending, tick)) return;
  const fresh = await source.apiKeyNames([...projects.keys()], spending, deadline);
  const all = new Map([...known.names, ...fresh]);
  await names.rememberMemberNames(organization, 'api_key', { names: all, readAt: tick });
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
