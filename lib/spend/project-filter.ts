// Which projects a read was made for: all of them, or a few that budgets are scoped to.

/** Project ids, sorted; `null`: every project, and what has none. */
export type ProjectFilter = readonly string[] | null;

/** The projects that both reads hold. */
export function commonProjects(a: ProjectFilter, b: ProjectFilter): ProjectFilter {
  if (a === null) return b;
  return b === null ? a : a.filter((project) => b.includes(project));
}

/** Whether what was read for `read` holds all that `wanted` asks for. */
export function covers(read: ProjectFilter, wanted: ProjectFilter): boolean {
  if (read === null) return true;
  return wanted?.every((project) => read.includes(project)) ?? false;
}
