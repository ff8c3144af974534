// A row of the benchmarks' table: what is to hold, and what was measured.

export interface Goal {
  readonly what: string;
  readonly atMost: number;
  /** Absent: it is a ratio, and matters to the hundredth, as dollars do. */
  readonly unit?: '$' | 'KB' | 'MB' | 'ms' | 'ns' | 'requests';
  /** A text says why there is no figure: the goal is then missed. */
  readonly is: number | string;
}

/** What a process took, in medians. */
export interface Figure {
  readonly what: string;
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly peakMb: number;
}

export function holds({ atMost, is }: Goal): boolean {
  return typeof is === 'number' && is <= atMost;
}

/** As Markdown. */
export function goalTable(goals: readonly Goal[]): string {
  return tableOf(
    ['', 'goal', 'measured', 'holds'],
    goals.map((goal) => {
      const { is, atMost, unit } = goal;
      const measured = typeof is === 'number' ? inUnit(is, unit) : is;
      return [goal.what, `≤ ${inUnit(atMost, unit)}`, measured, holds(goal) ? 'yes' : 'no'];
    }),
  );
}

function inUnit(value: number, unit: Goal['unit']): string {
  if (unit === undefined) return value.toFixed(2);
  return unit === '$' ? `$${value.toFixed(2)}` : `${Math.round(value)} ${unit}`;
}

export function figureTable(figures: readonly Figure[]): string {
  return tableOf(
    ['whole process', 'wall', 'CPU', 'peak memory'],
    figures.map(({ what, wallMs, cpuMs, peakMb }) => [
      what,
      `${Math.round(wallMs)} ms`,
      `${Math.round(cpuMs)} ms`,
      `${Math.round(peakMb)} MB`,
    ]),
  );
}

function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const rule = head.map((_, column) => (column === 0 ? '---' : '---:'));
  return [head, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |\n`).join('');
}
