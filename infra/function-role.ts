// A function's role: what is its own to do, besides writing its log and handing over what it could not finish.
import {
  type IManagedPolicy,
  type IRole,
  PolicyDocument,
  PolicyStatement,
  Role,
  ServicePrincipal,
} from 'aws-cdk-lib/aws-iam';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';

interface FunctionRoleProps {
  readonly statements: readonly PolicyStatement[];
  /** For what a role has no room for. */
  readonly managedPolicies: readonly IManagedPolicy[];
  readonly logGroup: ILogGroup;
  readonly deadLetters: IQueue;
}

/**
 * All that the role may do stands in one inline policy, which exists as soon as the role does, but for the admin keys of
 * very many organizations. CDK is kept from adding to it: its own grants are wider. AWS's own policies are not used.
 */
export function createFunctionRole(scope: Construct, id: string, props: FunctionRoleProps): IRole {
  const { statements, managedPolicies, logGroup, deadLetters } = props;
  const role = new Role(scope, id, {
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    managedPolicies: [...managedPolicies],
    inlinePolicies: {
      Function: new PolicyDocument({
        statements: [
          ...statements,
          // Lambda makes a stream for each sandbox. The group exists, so that its retention is ours.
          new PolicyStatement({
            sid: 'WriteLog',
            actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
            resources: [logGroup.logGroupArn],
          }),
          // Lambda itself sends what failed for good, and does so as the function.
          new PolicyStatement({
            sid: 'HandOverWhatFailed',
            actions: ['sqs:SendMessage'],
            resources: [deadLetters.queueArn],
          }),
        ],
      }),
    },
  });
  return role.withoutPolicyUpdates();
}
