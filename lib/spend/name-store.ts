// The port to remembered names: ids are keys, names are what people read.
import type { Instant } from '../time/instant.ts';

export interface Names {
  readonly names: ReadonlyMap<string, string>;
  /** `null`: never read. */
  readonly readAt: Instant | null;
}

export interface NameStore {
  projectNames(organization: string): Promise<Names>;
  rememberProjectNames(
    organization: string,
    names: ReadonlyMap<string, string>,
    readAt: Instant,
  ): Promise<void>;
}
