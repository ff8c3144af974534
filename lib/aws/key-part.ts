// Makes a text safe as one part of a key whose parts are joined by `#`.

/** Texts without `#` and `%` stay as they are. */
export function keyPart(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('#', '%23');
}
