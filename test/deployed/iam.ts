// The roles and resource policies of a stack: what a call needs, and what was granted but never needed.
import * as v from 'valibot';
import {
  type AccessRequest,
  allows,
  applies,
  isForAnybody,
  isForService,
  type PolicyStatement,
  policyDocumentSchema,
} from './policy-statement.ts';
import { type ResolvedStack, resourcesOf } from './resolve-template.ts';

const roleSchema = v.object({
  AssumeRolePolicyDocument: policyDocumentSchema,
  Policies: v.optional(v.array(v.object({ PolicyDocument: policyDocumentSchema })), []),
  // AWS's own policies are not in the template, so what they allow cannot be read from it.
  ManagedPolicyArns: v.optional(v.pipe(v.array(v.string()), v.maxLength(0, 'managed policies'))),
  PermissionsBoundary: v.optional(v.never('a permissions boundary')),
});
const policySchema = v.object({ Roles: v.array(v.string()), PolicyDocument: policyDocumentSchema });
const queuePolicySchema = v.object({ Queues: v.array(v.string()), PolicyDocument: policyDocumentSchema });
const topicPolicySchema = v.object({ Topics: v.array(v.string()), PolicyDocument: policyDocumentSchema });

/** One action on one resource pattern, as a statement of a role grants it. */
export interface Grant {
  readonly role: string;
  readonly action: string;
  readonly resource: string;
}

export interface RoleCall {
  readonly role: string;
  readonly request: AccessRequest;
}

export interface Iam {
  /** Logical id of a role of this stack. */
  roleOf(roleArn: string): string;
  /** Whether the role lets this AWS service act with it. */
  trusts(role: string, service: string, context: AccessRequest['context']): boolean;
  /** Within one account an Allow of the role or of the resource is enough, and a Deny of either is the end of it. */
  roleMay({ role, request }: RoleCall): boolean;
  /** Whether a resource's own policy lets an AWS service do this. */
  serviceMay(service: string, request: AccessRequest): boolean;
  /** Allows that no call used. */
  unused(calls: readonly RoleCall[]): Grant[];
}

export function iamOf(stack: ResolvedStack): Iam {
  const roles = resourcesOf(stack, ['AWS::IAM::Role'], roleSchema);
  const policies = resourcesOf(stack, ['AWS::IAM::Policy'], policySchema);
  const resourceStatements = [
    ...resourcesOf(stack, ['AWS::SQS::QueuePolicy'], queuePolicySchema),
    ...resourcesOf(stack, ['AWS::SNS::TopicPolicy'], topicPolicySchema),
  ].flatMap(({ properties }) => properties.PolicyDocument.Statement);

  const statements = new Map<string, readonly PolicyStatement[]>();
  for (const { logicalId, ref, properties } of roles) {
    const attached = policies.filter((policy) => policy.properties.Roles.includes(ref));
    const documents = [...properties.Policies, ...attached.map((policy) => policy.properties)];
    statements.set(
      logicalId,
      documents.flatMap(({ PolicyDocument }) => PolicyDocument.Statement),
    );
  }

  function roleOf(roleArn: string): string {
    const role = roles.find(({ arn }) => arn === roleArn);
    if (role === undefined) throw new Error(`The stack has no role ${roleArn}.`);
    return role.logicalId;
  }

  function statementsOf(role: string): readonly PolicyStatement[] {
    const known = statements.get(role);
    if (known === undefined) throw new Error(`The stack has no role ${role}.`);
    return known;
  }

  return {
    roleOf,
    trusts(role, service, context) {
      const trust = roles.find(({ logicalId }) => logicalId === role)?.properties.AssumeRolePolicyDocument;
      const own = (trust?.Statement ?? []).filter((statement) => isForService(statement, service));
      return allows(own, { action: 'sts:AssumeRole', resource: '*', context });
    },
    roleMay({ role, request }) {
      const forAnybody = resourceStatements.filter(isForAnybody);
      return allows([...statementsOf(role), ...forAnybody], request);
    },
    serviceMay(service, request) {
      return allows(
        resourceStatements.filter((statement) => isForService(statement, service)),
        request,
      );
    },
    unused(calls) {
      return roles.flatMap(({ logicalId: role }) =>
        statementsOf(role)
          .filter(({ Effect }) => Effect === 'Allow')
          .flatMap((statement) => grantsOf(role, statement))
          .filter(
            ({ narrowed }) => !calls.some((call) => call.role === role && applies(narrowed, call.request)),
          )
          .map(({ grant }) => grant),
      );
    },
  };
}

function grantsOf(role: string, statement: PolicyStatement): { grant: Grant; narrowed: PolicyStatement }[] {
  return statement.Action.flatMap((action) =>
    statement.Resource.map((resource) => ({
      grant: { role, action, resource },
      narrowed: { ...statement, Action: [action], Resource: [resource] },
    })),
  );
}
