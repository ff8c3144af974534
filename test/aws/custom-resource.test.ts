// The answer to CloudFormation: what is sent, that nothing else is, and that budgets of a stack are read strictly.
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { answerCustomResource, parseCustomResourceRequest } from '../../lib/aws/custom-resource.ts';
import { parseSeedRequest } from '../../lib/aws/seed-request.ts';

interface Received {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

let received: Received[];
let status: number;
let address: string;
let close: () => void;

beforeEach(async () => {
  received = [];
  status = 200;
  const server = createServer(async (request, response) => {
    const { method = '', url = '', headers } = request;
    received.push({ method, url, headers, body: await text(request) });
    response.writeHead(status).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const bound = server.address();
  address = `http://127.0.0.1:${typeof bound === 'object' ? bound?.port : ''}/answer?signature=a%2Fb`;
  close = () => server.close();
});
afterEach(() => close());

function event(more: object = {}): unknown {
  return {
    RequestType: 'Create',
    ResponseURL: address,
    StackId: 'stack',
    RequestId: 'request',
    LogicalResourceId: 'Budgets',
    ResourceType: 'Custom::OpenAiBudgets',
    ResourceProperties: { ServiceToken: 'arn' },
    ...more,
  };
}

describe('a stack', () => {
  it('hears that all went well, by one PUT without a content type, which its address is not signed for', async () => {
    await answerCustomResource(parseCustomResourceRequest(event()), 'physical', null);
    expect(received.map(({ method, url }) => [method, url])).toEqual([['PUT', '/answer?signature=a%2Fb']]);
    expect(received[0]?.headers['content-type']).toBeUndefined();
    expect(Number(received[0]?.headers['content-length'])).toBe(received[0]?.body.length);
    expect(JSON.parse(received[0]?.body ?? '')).toEqual({
      Status: 'SUCCESS',
      PhysicalResourceId: 'physical',
      StackId: 'stack',
      RequestId: 'request',
      LogicalResourceId: 'Budgets',
    });
  });

  it('hears why not, in what its answer has room for, and under the id that it knows', async () => {
    const request = parseCustomResourceRequest(event({ RequestType: 'Update', PhysicalResourceId: 'known' }));
    await answerCustomResource(request, 'physical', `why ${'x'.repeat(9_000)}`);
    const answer = JSON.parse(received[0]?.body ?? '');
    expect(answer).toMatchObject({ Status: 'FAILED', PhysicalResourceId: 'known' });
    expect(answer.Reason).toMatch(/^why x+$/);
    expect(received[0]?.body.length).toBeLessThan(4_096);
  });

  it('that does not take the answer fails the run, so that it is repeated', async () => {
    status = 503;
    const answered = answerCustomResource(parseCustomResourceRequest(event()), 'physical', null);
    await expect(answered).rejects.toMatchObject({ code: 'stack-unanswered' });
  });

  it.each([null, {}, { RequestType: 'Create' }, 'x'])('is not answered where there is none: %j', (other) => {
    expect(() => parseCustomResourceRequest(other)).toThrow('CloudFormation');
  });
});

describe('the budgets of a stack', () => {
  const properties = {
    ServiceToken: 'arn',
    organization: 'default',
    budgets: ['{"id":"all","limit":"5","period":"monthly"}'],
    prune: 'no',
  };

  it('are those that were declared', () => {
    const { organization, budgets, settings, prune } = parseSeedRequest(properties);
    expect([organization, budgets.map(({ id }) => id), settings, prune]).toEqual([
      'default',
      ['all'],
      null,
      false,
    ]);
    const more = parseSeedRequest({ ...properties, settings: '{"trailingDays":5}', prune: 'yes' });
    expect([more.settings?.trailingDays, more.settings?.revisionDays, more.prune]).toEqual([5, 35, true]);
  });

  it.each([
    { organization: 'a/b' },
    { budgets: 'all' },
    { budgets: ['{"id":"all"}'] },
    { budgets: ['x'] },
    { prune: 'true' },
  ])('are refused as a whole where %j', (wrong) => {
    expect(() => parseSeedRequest({ ...properties, ...wrong })).toThrow(
      'The budgets of the stack cannot be read',
    );
  });
});
