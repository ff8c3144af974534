// The body of a message's text: what it says beyond the title, which channels show by themselves.

/** The text without its first line where that only repeats the title. */
export function withoutTitle({ title, text }: { readonly title: string; readonly text: string }): string {
  const [first = '', ...others] = text.split('\n');
  return (first === `${title}.` ? others : [first, ...others]).join('\n').trim();
}
