// One structured line per run: ids, counts, classes and durations, amounts only if asked for. Never names, bodies or URLs.

type Field = string | number | boolean | null | readonly Field[] | LogFields;

export interface LogFields {
  readonly [name: string]: Field;
}

type WriteLine = (outcome: 'done' | 'failed', rest: LogFields) => void;

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
