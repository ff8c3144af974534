// Reads what `--stack` names: a stack, by its name or its ARN, and behind a `/` one of several constructs in it.

export interface StackAddress {
  /** As CloudFormation takes it. */
  readonly stackName: string;
  /** The construct's path in the stack; `null`: the only one. */
  readonly instance: string | null;
}

/** A name holds no `/`, and an ARN two. */
const ADDRESS = /^(?<stackName>arn:[^/]*\/[^/]*\/[^/]*|[^/]*)(?:\/(?<instance>.+))?$/s;

export function parseStackAddress(text: string): StackAddress {
  const { stackName = text, instance } = ADDRESS.exec(text)?.groups ?? {};
  return { stackName, instance: instance ?? null };
}
