// What a world is made of: projects with their traffic, users, and the incident that one of them suffers.
import type { Instant } from '../../time/instant.ts';
import type { Stream } from './stream.ts';

export interface ProjectPlan {
  readonly id: string;
  readonly name: string | null;
  /** Days from the world's first day, negative if earlier: no traffic before it, not listed before it. */
  readonly createdDay: number;
  /** The first day without traffic; `null` while it is in use. */
  readonly archivedDay: number | null;
  readonly streams: readonly Stream[];
}

export interface SimulatedUser {
  readonly id: string;
  readonly name: string | null;
  readonly email: string;
}

/** Something in a project calls the API in a loop, day and night, until somebody stops it. */
export interface Incident {
  readonly projectId: string;
  /** A full hour. */
  readonly from: Instant;
  readonly hours: number;
  /** How many times a planned day's traffic a whole day of the incident holds. */
  readonly factor: number;
}
