// The port to real time. Only leases and deadlines ask it; everything else goes by the tick.
import type { Instant } from '../time/instant.ts';

export interface Clock {
  now(): Instant;
}
