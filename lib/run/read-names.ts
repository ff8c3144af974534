// Reads what is remembered of names, of several dimensions at once: OpenAI's ids say themselves what they are of.
import type { Dataset } from '../spend/dataset.ts';
import { fieldOfWord } from '../spend/dimension-word.ts';
import type { MemberDimension, NameStore } from '../spend/name-store.ts';

export type NamedDimension = 'project' | MemberDimension;

export const NAMED_DIMENSIONS: readonly NamedDimension[] = ['project', 'user', 'api_key'];

/** Those whose ids the rows of `datasets` hold. */
export function namedDimensions(datasets: readonly Dataset[]): NamedDimension[] {
  return NAMED_DIMENSIONS.filter((dimension) =>
    datasets.some(({ grouping }) => grouping.includes(fieldOfWord(dimension))),
  );
}

/** Id → name. One read of the table for each dimension. */
export async function readNames(
  organization: string,
  dimensions: readonly NamedDimension[],
  store: Pick<NameStore, 'projectNames' | 'memberNames'>,
): Promise<ReadonlyMap<string, string>> {
  const known = await Promise.all(
    dimensions.map((dimension) =>
      dimension === 'project' ? store.projectNames(organization) : store.memberNames(organization, dimension),
    ),
  );
  return new Map(known.flatMap(({ names }) => [...names]));
}
