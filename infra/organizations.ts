// The organizations that a deployment watches: which ids can be, and how many one stack can hold.

export interface OrganizationProps {
  /**
   * What the organization is called here: in the Budgets table, in its schedules' events and in the name of the secret
   * with its admin key. 1 to 64 letters, digits, `_` and `-`.
   */
  readonly id: string;
}

/** Three schedules each now, four with the daily heartbeat; a stack holds 500 resources. */
const MAX_ORGANIZATIONS = 80;

const ID = /^[A-Za-z0-9_-]{1,64}$/;

/** @throws Error which says what is wrong with the list, and what to do. */
export function checkOrganizations(organizations: readonly OrganizationProps[]): void {
  const ids = organizations.map(({ id }) => id);
  if (ids.length === 0) {
    throw new Error("organizations is empty: name at least one, for example [{ id: 'default' }].");
  }
  if (ids.length > MAX_ORGANIZATIONS) {
    throw new Error(
      `${ids.length} organizations are more than one deployment holds (${MAX_ORGANIZATIONS}): each has schedules of ` +
        'its own, and a stack has room for 500 resources. The next step is one schedule for each job, which starts a ' +
        'dispatcher that puts every organization into a queue in front of the same functions; it is designed, not ' +
        'built. Until then, deploy the others as a second stack.',
    );
  }
  const invalid = ids.filter((id) => !ID.test(id));
  if (invalid.length > 0) {
    throw new Error(
      `Not an organization id: ${invalid.map((id) => JSON.stringify(id)).join(', ')}. An id has 1 to 64 letters, ` +
        'digits, "_" and "-".',
    );
  }
  const repeated = ids.filter((id, position) => ids.indexOf(id) !== position);
  if (repeated.length > 0) {
    throw new Error(`Named more than once in organizations: ${[...new Set(repeated)].join(', ')}.`);
  }
}
