// A row of the benchmarks' table: what is to hold, and what was measured.

export interface Goal {
  readonly what: string;
  /** A ratio, where there is no unit. */
  readonly atMost: number;
  readonly unit?: string;
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
      const inUnit = (value: number) =>
        goal.unit === undefined ? value.toFixed(2) : `${Math.round(value)} ${goal.unit}`;
      const { is } = goal;
      const measured = typeof is === 'number' ? inUnit(is) : is;
      return [goal.what, `≤ ${inUnit(goal.atMost)}`, measured, holds(goal) ? 'yes' : 'no'];
    }),
  );
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
