// What SNS refuses of a publish, where the local one is more lenient: subjects, and messages by protocol.
import * as v from 'valibot';

const variantsSchema = v.looseObject({ default: v.string() });

/** `null`: SNS would accept it. */
export function publishFault(parameters: URLSearchParams): string | null {
  const subject = parameters.get('Subject');
  // ASCII of less than 100 characters, beginning with a letter, a number or a punctuation mark, on one line.
  if (subject !== null && !/^[!-~][ -~]{0,98}$/.test(subject)) return 'Invalid parameter: Subject';
  const structure = parameters.get('MessageStructure');
  if (structure === null) return null;
  if (structure !== 'json') return 'Invalid parameter: MessageStructure';
  return variantsOf(parameters.get('Message') ?? '') === null
    ? 'Invalid parameter: Message Structure - JSON message body failed to parse, or no default entry in it'
    : null;
}

/** By protocol; `null`: not a message by protocol, or one without the `default` that SNS insists on. */
export function variantsOf(message: string): Readonly<Record<string, unknown>> | null {
  try {
    const parsed = v.safeParse(variantsSchema, JSON.parse(message));
    return parsed.success ? parsed.output : null;
  } catch {
    return null;
  }
}
