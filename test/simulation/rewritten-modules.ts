// Loads the program's own modules with pieces of their text replaced: for mutants, and to remember what pure functions said.
import { registerHooks } from 'node:module';

export interface Replacement {
  /** Of the module, from the repository's root: `lib/alert/alert-key.ts`. */
  readonly file: string;
  /** Stands in it exactly once. */
  readonly from: string;
  readonly to: string;
}

const ROOT = new URL('../../', import.meta.url);

/**
 * For modules that this thread loads from now on. A piece that is not there, or is there twice, is an error: what it was
 * written for has changed.
 * @returns fails unless every replacement has been made
 */
export function rewriteModules(replacements: readonly Replacement[]): () => void {
  const byUrl = Map.groupBy(replacements, ({ file }) => new URL(file, ROOT).href);
  const made = new Set<Replacement>();
  registerHooks({
    load(url, context, nextLoad) {
      const loaded = nextLoad(url, context);
      const wanted = byUrl.get(url);
      if (wanted === undefined) return loaded;
      let source = String(loaded.source instanceof Uint8Array ? Buffer.from(loaded.source) : loaded.source);
      for (const replacement of wanted) {
        source = replaced(source, replacement);
        made.add(replacement);
      }
      return { ...loaded, source };
    },
  });
  return () => {
    const missing = replacements.filter((replacement) => !made.has(replacement));
    if (missing.length > 0) throw new Error(`Never loaded: ${missing.map(({ file }) => file).join(', ')}`);
  };
}

function replaced(source: string, { file, from, to }: Replacement): string {
  const pieces = source.split(from);
  if (pieces.length !== 2) throw new Error(`${file} holds ${pieces.length - 1} times: ${from}`);
  return pieces.join(to);
}
