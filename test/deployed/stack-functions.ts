// The stack's functions as the template declares them: code, environment, role, and who may invoke them.
import * as v from 'valibot';
import type { Iam } from './iam.ts';
import { type ResolvedStack, resourcesOf } from './resolve-template.ts';

const functionSchema = v.looseObject({
  Code: v.object({ S3Key: v.string() }),
  Handler: v.string(),
  Runtime: v.literal(`nodejs${process.versions.node.split('.')[0]}.x`, 'not the Node.js that runs this test'),
  Role: v.string(),
  Timeout: v.optional(v.number(), 3),
  MemorySize: v.optional(v.number(), 128),
  Environment: v.optional(v.object({ Variables: v.record(v.string(), v.string()) }), { Variables: {} }),
  LoggingConfig: v.optional(v.looseObject({ LogGroup: v.optional(v.string()) })),
  DeadLetterConfig: v.optional(v.object({ TargetArn: v.string() })),
  Layers: v.optional(v.never()),
  VpcConfig: v.optional(v.never()),
  FileSystemConfigs: v.optional(v.never()),
});
const invokeConfigSchema = v.object({
  FunctionName: v.string(),
  Qualifier: v.literal('$LATEST'),
  MaximumRetryAttempts: v.optional(v.number(), 2),
  DestinationConfig: v.optional(
    v.strictObject({ OnFailure: v.optional(v.object({ Destination: v.string() })) }),
    {},
  ),
});
const permissionSchema = v.strictObject({
  Action: v.literal('lambda:InvokeFunction'),
  FunctionName: v.string(),
  Principal: v.string(),
  SourceArn: v.optional(v.string()),
});

/** Lambda refuses to create a function that sets these itself. */
const RESERVED =
  /^(_HANDLER|AWS_(DEFAULT_)?REGION|AWS_EXECUTION_ENV|AWS_(SECRET_)?ACCESS_KEY.*|AWS_SESSION_TOKEN|(AWS_)?LAMBDA_.*)$/;

export interface StackFunction {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  readonly handler: string;
  readonly s3Key: string;
  readonly timeoutS: number;
  readonly memoryMb: number;
  readonly logGroup: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Logical id. */
  readonly role: string;
  readonly maximumRetryAttempts: number;
  readonly deadLetterQueueArn: string | null;
  readonly onFailureArn: string | null;
}

/** @throws where Lambda could not create the function, or could not take its role */
export function functionsOf(stack: ResolvedStack, iam: Iam): StackFunction[] {
  const configs = resourcesOf(stack, ['AWS::Lambda::EventInvokeConfig'], invokeConfigSchema);
  return resourcesOf(stack, ['AWS::Lambda::Function'], functionSchema).map(
    ({ logicalId, ref, arn, properties }) => {
      const config = configs.find(({ properties: { FunctionName } }) => [ref, arn].includes(FunctionName));
      const role = iam.roleOf(properties.Role);
      if (!iam.trusts(role, 'lambda.amazonaws.com', {}))
        throw new Error(`Lambda cannot take the role ${role}.`);
      const { Variables } = properties.Environment;
      const reserved = Object.keys(Variables).filter((key) => RESERVED.test(key));
      if (reserved.length > 0)
        throw new Error(`${logicalId} sets ${reserved.join(', ')}, which are Lambda's own.`);
      return {
        logicalId,
        name: ref,
        arn,
        handler: properties.Handler,
        s3Key: properties.Code.S3Key,
        timeoutS: properties.Timeout,
        memoryMb: properties.MemorySize,
        logGroup: properties.LoggingConfig?.LogGroup ?? `/aws/lambda/${ref}`,
        environment: Variables,
        role,
        maximumRetryAttempts: config?.properties.MaximumRetryAttempts ?? 2,
        deadLetterQueueArn: properties.DeadLetterConfig?.TargetArn ?? null,
        onFailureArn: config?.properties.DestinationConfig.OnFailure?.Destination ?? null,
      };
    },
  );
}

/** Whether some permission of the template lets the service invoke the function on behalf of `sourceArn`. */
export function mayInvoke(
  stack: ResolvedStack,
  { name, arn }: StackFunction,
  service: string,
  sourceArn: string,
): boolean {
  return resourcesOf(stack, ['AWS::Lambda::Permission'], permissionSchema).some(
    ({ properties }) =>
      [name, arn].includes(properties.FunctionName) &&
      properties.Principal === service &&
      (properties.SourceArn === undefined || properties.SourceArn === sourceArn),
  );
}
