// The stack's custom resources as CloudFormation creates them: each function is asked, and must answer that it is done.
import { text } from 'node:stream/consumers';
import * as v from 'valibot';
import type { AsynchronousInvocations } from './asynchronous-invocations.ts';
import { startLoopbackServer } from './loopback-server.ts';
import type { ResolvedStack } from './resolve-template.ts';

const answerSchema = v.looseObject({
  Status: v.picklist(['SUCCESS', 'FAILED']),
  Reason: v.optional(v.string()),
  PhysicalResourceId: v.pipe(v.string(), v.minLength(1)),
  StackId: v.literal('stack'),
  RequestId: v.string(),
  LogicalResourceId: v.string(),
});

/** @throws Error with the reason that a function gave; a deployment would be rolled back for it */
export async function createCustomResources(
  { resources }: ResolvedStack,
  invocations: AsynchronousInvocations,
): Promise<void> {
  for (const { logicalId, type, properties } of resources) {
    if (!type.startsWith('Custom::')) continue;
    const answers: string[] = [];
    const server = await startLoopbackServer(async (request) => {
      answers.push(await text(request));
      return { status: 200 };
    });
    try {
      invocations.accept(String(properties.ServiceToken), {
        RequestType: 'Create',
        ResponseURL: `http://127.0.0.1:${server.port}/answer`,
        StackId: 'stack',
        RequestId: `create-${logicalId}`,
        LogicalResourceId: logicalId,
        ResourceType: type,
        ResourceProperties: properties,
      });
      await invocations.settled();
    } finally {
      await server.close();
    }
    const [answer = ''] = answers;
    if (answer === '') throw new Error(`${logicalId} was never answered for.`);
    const { Status, Reason = '', RequestId } = v.parse(answerSchema, JSON.parse(answer));
    if (Status === 'FAILED' || RequestId !== `create-${logicalId}`) {
      throw new Error(`${logicalId} could not be created: ${Reason}`);
    }
  }
}
