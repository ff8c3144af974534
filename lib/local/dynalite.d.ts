// The little of dynalite that is used here; the package brings no types.
declare module 'dynalite' {
  import type { Server } from 'node:http';

  export interface DynaliteOptions {
    /** LevelDB's folder; in memory without it. */
    readonly path?: string;
    /** How long a new table stays in CREATING. */
    readonly createTableMs?: number;
    readonly updateTableMs?: number;
  }

  /** `close` closes the database too. */
  export default function dynalite(options?: DynaliteOptions): Server;
}
