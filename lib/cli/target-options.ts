// Which state a command works on, as the command line says.

export interface TargetOptions {
  /** The state folder; not used with `stack`. */
  readonly state: string;
  readonly stack: string | null;
  /** Needed only where a stack has several. */
  readonly organization: string | null;
  /** Publish to this topic instead of writing to the state folder's outbox. */
  readonly topicArn: string | null;
}
