// One structured line per run: ids, counts, classes and durations. Never names, amounts, bodies or URLs.

type Field = string | number | boolean | null | readonly string[];

type WriteLine = (outcome: 'done' | 'failed', rest: Readonly<Record<string, Field>>) => void;

/** The duration counts from here to the line. */
export function startRunLog(name: string, awsRequestId: string): WriteLine {
  const startedAtMs = performance.now();
  return (outcome, rest) => {
    const durationMs = Math.round(performance.now() - startedAtMs);
    process.stdout.write(
      `${JSON.stringify({ function: name, outcome, awsRequestId, durationMs, ...rest })}\n`,
    );
  };
}
