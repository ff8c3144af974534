// What Stryker reported of a folder: how many mutants the tests saw, and which they did not.

export interface MutationReport {
  readonly files: Readonly<Record<string, { readonly source: string; readonly mutants: readonly Mutant[] }>>;
}

interface Mutant {
  readonly status:
    | 'Killed'
    | 'Timeout'
    | 'Survived'
    | 'NoCoverage'
    | 'Ignored'
    | 'RuntimeError'
    | 'CompileError';
  readonly replacement?: string;
  readonly location: { readonly start: Position; readonly end: Position };
}

/** Counted from 1. */
interface Position {
  readonly line: number;
  readonly column: number;
}

export interface MutationScore {
  readonly seen: number;
  readonly all: number;
}

/** A mutant that no test runs counts as one that is not seen. */
export function scoreOf({ files }: MutationReport): MutationScore {
  const mutants = Object.values(files).flatMap((file) => file.mutants);
  const seen = mutants.filter(({ status }) => status === 'Killed' || status === 'Timeout').length;
  return { seen, all: seen + mutants.filter(isSurvivor).length };
}

/** `lib/alert/pace.ts:32 known.length < LEAST_DAYS → known.length <= LEAST_DAYS`, in the order of the source. */
export function survivorsOf({ files }: MutationReport): string[] {
  return Object.entries(files).flatMap(([path, { source, mutants }]) => {
    const lines = source.split('\n');
    return mutants
      .filter(isSurvivor)
      .map(({ location: { start, end }, replacement = '' }) => {
        const line = lines[start.line - 1] ?? '';
        const was = line.slice(start.column - 1, start.line === end.line ? end.column - 1 : undefined);
        return { ...start, text: `${path}:${start.line} ${was} → ${replacement.replace(/\s+/g, ' ')}` };
      })
      .sort((a, b) => a.line - b.line || a.column - b.column)
      .map(({ text }) => text);
  });
}

function isSurvivor({ status }: Mutant): boolean {
  return status === 'Survived' || status === 'NoCoverage';
}
