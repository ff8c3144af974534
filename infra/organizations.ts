// The organizations that a deployment watches: which ids can be, and how many one stack can hold.
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { ORGANIZATION_ID } from '../lib/aws/deployment-names.ts';
import type { BudgetDeclaration } from './declared-budgets.ts';

export interface OrganizationProps {
  /**
   * What the organization is called here: in the tables and in its schedules' events. Another id is another
   * organization, without budgets or history. 1 to 64 letters, digits, `_` and `-`.
   */
  readonly id: string;

  /**
   * The secret whose value is the organization's OpenAI admin key, as plain text, with the scopes `api.usage.read` and,
   * for names, `api.management.read`. Each organization needs a key of its own.
   */
  readonly adminKey: ISecret;

  /**
   * The path of a budgets file, or budgets as objects. They are checked when the stack is synthesized, and stored
   * whenever a deployment has changed them; what people changed in between then gives way. A file's `settings` are
   * stored too.
   *
   * @default - none; store them with `budget-alerts apply`
   */
  readonly budgets?: string | readonly BudgetDeclaration[];

  /**
   * Also removes stored budgets that are not among `budgets`, whoever added them.
   *
   * @default false
   */
  readonly pruneBudgets?: boolean;
}

const MAX_ORGANIZATIONS = 80;

/** A stack holds 500; the rest takes some sixty, and each route three or more. */
const MAX_RESOURCES = 420;

/** @throws Error which says what is wrong with the list, and what to do. */
export function checkOrganizations(
  organizations: readonly Pick<OrganizationProps, 'id' | 'budgets'>[],
  hasDigest: boolean,
): void {
  const ids = organizations.map(({ id }) => id);
  if (ids.length === 0) {
    throw new Error("organizations is empty: name at least one, for example [{ id: 'default', adminKey }].");
  }
  if (ids.length > MAX_ORGANIZATIONS) {
    throw new Error(
      `${ids.length} organizations are more than one deployment holds (${MAX_ORGANIZATIONS}): each has schedules of ` +
        'its own, and a stack has room for 500 resources. The next step is one schedule for each job, which starts a ' +
        'dispatcher that puts every organization into a queue in front of the same functions; it is designed, not ' +
        'built. Until then, deploy the others as a second stack.',
    );
  }
  const declared = organizations.filter(({ budgets }) => budgets !== undefined).length;
  const resources = ids.length * (hasDigest ? 5 : 4) + declared;
  if (resources > MAX_RESOURCES) {
    throw new Error(
      `${ids.length} organizations with a digest, ${declared} of them with budgets of the deployment's, take ${resources} ` +
        `resources, and a stack has room for ${MAX_RESOURCES} of that kind. Leave \`budgets\` away where you can and store ` +
        'them with `budget-alerts apply FILE --stack NAME --organization ID`: without them, ' +
        `${MAX_ORGANIZATIONS} have room. Or deploy the others as a second stack.`,
    );
  }
  const invalid = ids.filter((id) => !ORGANIZATION_ID.test(id));
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
