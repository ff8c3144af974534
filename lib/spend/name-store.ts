// The port to what people read beside the spend: names for ids, and until when the admin key works.
import type { Instant } from '../time/instant.ts';
import type { KeyExpiry } from './key-expiry.ts';

export interface Names {
  /** Project id → name. */
  readonly names: ReadonlyMap<string, string>;
  /** `null`: the key does not expire, or it cannot be told. */
  readonly keyExpiry: KeyExpiry | null;
  /** When the names were read; `null`: never. */
  readonly readAt: Instant | null;
}

/** Those besides projects that have names: they are asked for only where some budget looks at them. */
export type MemberDimension = 'user' | 'api_key';

export type MemberNames = Omit<Names, 'keyExpiry'>;

export interface NameStore {
  projectNames(organization: string): Promise<Names>;
  /** As `projectNames` has it, for those who need nothing else. */
  keyExpiry(organization: string): Promise<KeyExpiry | null>;
  /** Replaces all that was remembered before of projects. */
  rememberNames(organization: string, names: Names & { readonly readAt: Instant }): Promise<void>;
  memberNames(organization: string, dimension: MemberDimension): Promise<MemberNames>;
  /** Replaces all that was remembered before of the dimension. */
  rememberMemberNames(
    organization: string,
    dimension: MemberDimension,
    names: MemberNames & { readonly readAt: Instant },
  ): Promise<void>;
}
