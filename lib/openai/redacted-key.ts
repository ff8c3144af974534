// Recognises a key by what OpenAI shows of it: `sk-admin...abcd`.

/** Both ends of the key, with dots, an ellipsis or asterisks for what is left out; no key holds any of these. */
const REDACTED = /^([^.…*]+)[.…*]+([^.…*]+)$/;

/** The beginning is the same for every admin key, so the end alone tells them apart: two characters would not. */
const MIN_END_LENGTH = 3;

/** False as well where too little is shown to recognise a key by. */
export function isRedactedFrom(redacted: string, key: string): boolean {
  const [, start = '', end = ''] = REDACTED.exec(redacted) ?? [];
  return (
    end.length >= MIN_END_LENGTH &&
    start.length + end.length < key.length &&
    key.startsWith(start) &&
    key.endsWith(end)
  );
}
