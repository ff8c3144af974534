// The lines at the end of a word to operations that chats show in their own way, and leave out of the text.

export function lookLine(doctor: string): string {
  return `See what is wrong: ${doctor}`;
}

export function runbookLine(code: string): string {
  return `Runbook: ${code} (docs/runbook.md)`;
}

/** The text without them. */
export function withoutNoticeLines(
  text: string,
  { code, doctor }: { readonly code: string | undefined; readonly doctor: string | undefined },
): string {
  const shownApart = new Set([
    ...(code === undefined ? [] : [runbookLine(code)]),
    ...(doctor === undefined ? [] : [lookLine(doctor)]),
  ]);
  return text
    .split('\n')
    .filter((line) => !shownApart.has(line))
    .join('\n')
    .trim();
}
