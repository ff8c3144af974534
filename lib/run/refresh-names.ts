// Keeps what people read beside the spend at hand: names for ids, and the admin key's expiry. Never worth an alert.
import type { Problem } from '../budget/problem.ts';
import type { KeyExpiry } from '../spend/key-expiry.ts';
import type { MemberDimension, MemberNames, NameStore, Names } from '../spend/name-store.ts';
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
    const isMissing =
      (spending.has('api_key') && known.names.size === 0) || hasUnnamed(spending.get('project') ?? [], known);
    const projects = isDue(known, isMissing, tick)
      ? await refreshProjects(input, known, areNeeded, ports)
      : known.names;
    const { source } = ports;
    const { deadline } = input;
    await refreshMembers('user', input, spending, ports.names, () => source.userNames(deadline));
    await refreshMembers('api_key', input, spending, ports.names, async (ids, before) => {
      // Keys are found project by project, so those that were found before stay: a deleted key has spent all the same.
      const fresh = await source.apiKeyNames([...projects.keys()], ids, deadline);
      return new Map([...before, ...fresh]);
    });
    return null;
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    if (error.code === 'openai-scope-missing') await forgetKeyExpiry(organization, known, ports.names);
    const message = `Names could not be read, messages show ids instead. ${error.message}`;
    return { code: 'names-unavailable', path: 'sources.names', line: null, message, severity: 'warning' };
  }
}

function hasUnnamed(ids: Iterable<string>, { names }: MemberNames): boolean {
  return [...ids].some((id) => !names.has(id));
}

function isDue({ readAt }: MemberNames, isMissing: boolean, tick: Instant): boolean {
  const age = readAt === null ? Number.POSITIVE_INFINITY : tick - readAt;
  return age >= (isMissing ? HOUR_MS : DAY_MS);
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

async function refreshMembers(
  dimension: MemberDimension,
  { organization, tick }: NamesInput,
  spending: SpendingIds,
  names: NameStore,
  read: (
    ids: ReadonlySet<string>,
    before: ReadonlyMap<string, string>,
  ) => Promise<ReadonlyMap<string, string>>,
): Promise<void> {
  const ids = spending.get(dimension);
  if (ids === undefined) return;
  const known = await names.memberNames(organization, dimension);
  if (!isDue(known, hasUnnamed(ids, known), tick)) return;
  await names.rememberMemberNames(organization, dimension, {
    names: await read(ids, known.names),
    readAt: tick,
  });
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
