// Replaces the characters by which chats format: they have no escape for them, so a look-alike stands in their place.

/**
 * No bold, italics, strike-through, code or emoji comes of what remains. An underscore inside a word, as ids have it,
 * formats nothing and stays; so does a colon that does not begin an emoji's name.
 */
export function formatless(text: string): string {
  return text
    .replaceAll('*', '∗')
    .replaceAll('~', '∼')
    .replaceAll('`', 'ˋ')
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, 'ˍ')
    .replace(/:(?=[\w+'-]*[a-z][\w+'-]*:)/giu, '∶');
}

/** For texts in which a chat would read `<…>` as a mention or a link and that cannot be escaped. */
export function angleless(text: string): string {
  return text.replaceAll('<', '‹').replaceAll('>', '›');
}
