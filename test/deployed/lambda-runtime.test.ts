// The local Lambda: what a handler gets and gives, and each way in which it can fail.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type LambdaRuntime, startLambdaRuntime } from './lambda-runtime.ts';

const closings: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closings.splice(0)) await close();
});

async function runtimeOf(source: string, timeoutS = 5): Promise<LambdaRuntime> {
  const taskRoot = mkdtempSync(join(tmpdir(), 'budget-alerts-runtime-'));
  writeFileSync(join(taskRoot, 'index.mjs'), source);
  const runtime = await startLambdaRuntime({
    logicalId: 'Greeter',
    name: 'greeter',
    arn: 'arn:aws:lambda:us-east-1:000000000000:function:greeter',
    handler: 'index.handler',
    taskRoot,
    timeoutS,
    memoryMb: 128,
    logGroup: 'greeter-log',
    environment: { GREETING: 'Hello' },
    slackPort: 9,
  });
  closings.push(async () => {
    await runtime.close();
    rmSync(taskRoot, { recursive: true });
  });
  return runtime;
}

describe('a local Lambda function', () => {
  it('gets the event, its context and its environment, and of this process nothing', async () => {
    const runtime = await runtimeOf(`
      export const handler = async (event, context) => [
        process.env.GREETING, event.name, context.functionName, context.invokedFunctionArn,
        context.getRemainingTimeInMillis() > 4000, context.getRemainingTimeInMillis() <= 5000,
        process.env.AWS_ACCESS_KEY_ID, process.env.VITEST ?? null];`);
    const result = await runtime.invoke({ name: 'Ann' });
    const arn = 'arn:aws:lambda:us-east-1:000000000000:function:greeter';
    const payload = ['Hello', 'Ann', 'greeter', arn, true, true, 'Greeter', null];
    expect(result).toMatchObject({ ok: true, payload });
  });

  it('keeps its process from one invocation to the next, and its log', async () => {
    const runtime = await runtimeOf(
      "let count = 0; export const handler = async () => { console.log('run', ++count); return count; };",
    );
    const results = await Promise.all([runtime.invoke({}), runtime.invoke({})]);
    expect(results).toMatchObject([{ payload: 1 }, { payload: 2 }]);
    // The pipe of the log may be slower than the answer; Lambda's own client puts the time and the request before it.
    const lines = ['run 1', 'run 2'].map((line) => expect.stringMatching(new RegExp(`(^|\tINFO\t)${line}$`)));
    await vi.waitFor(() => expect(runtime.log).toEqual(lines));
  });

  it('fails with what the handler throws', async () => {
    const runtime = await runtimeOf(
      "export const handler = async () => { throw new RangeError('too far'); };",
    );
    const error = { errorType: 'RangeError', errorMessage: 'too far' };
    expect(await runtime.invoke({})).toMatchObject({ ok: false, error });
  });

  it.each([
    ['that does not load', "throw new Error('no environment');", 'no environment'],
    ['without a handler', 'export const other = 1;', 'index.handler is undefined or not exported'],
    ['that ends while it loads', 'process.exit(3);', 'The process ended with 3.'],
    ['that ends while it runs', 'export const handler = () => process.exit(4);', 'The process ended with 4.'],
  ])('%s fails, and fails again', async (_, source, errorMessage) => {
    const runtime = await runtimeOf(source);
    expect(await runtime.invoke({})).toMatchObject({ ok: false, error: { errorMessage } });
    expect(await runtime.invoke({})).toMatchObject({ ok: false, error: { errorMessage } });
  });

  it('is ended when its time is over, and starts anew', async () => {
    const runtime = await runtimeOf(
      'export const handler = (event) => event.hang ? new Promise(() => setInterval(() => {}, 1e3)) : 1;',
      0.5,
    );
    const error = { errorType: 'Sandbox.Timedout' };
    expect(await runtime.invoke({ hang: true })).toMatchObject({ ok: false, error });
    expect(await runtime.invoke({})).toMatchObject({ ok: true, payload: 1 });
  });

  it('reaches Slack on this machine and nobody else by TLS', async () => {
    const runtime = await runtimeOf(`
      export const handler = () => fetch('https://api.openai.com/').catch((error) => error.cause.message);`);
    const payload = 'In this test nobody connects to api.openai.com:443.';
    expect(await runtime.invoke({})).toMatchObject({ payload });
  });
});
