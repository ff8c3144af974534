// The command on this machine, with planted secrets and peers that repeat them: nothing of them is printed or stored.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { ListTablesCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createDynamoDbClient } from '../../lib/aws/dynamodb-client.ts';
import { startEmbeddedDynamoDb } from '../../lib/local/embedded-dynamodb.ts';
import { programsCoverage } from '../coverage/programs-coverage.ts';
import { canariesIn, filesIn, valuesOf } from '../fakes/canary-search.ts';
import {
  bucketOf,
  costResult,
  daysWindow,
  pageOf,
  type ReplayedAnswer,
  type ReplayedOpenAi,
  startReplayedOpenAi,
} from '../fakes/replayed-openai.ts';

const COMMAND = join(import.meta.dirname, '../../lib/cli/budget-alerts.ts');
/** Some gateways in the place of OpenAI give out keys of their own form. */
const KEYS = ['sk-admin-canaryH5rW8qKx2TzD9pL', 'gateway.canaryW7sD4hGz9QmN2vC'];
const AWS_SECRET = 'canaryX8dF6kPj5LgR2yU';
const AWS_TOKEN = 'canaryB4nC9wHs6VfM8kT';
const PASSWORD = 'canaryP3qS8bLy6TnL6hZ';
const SECRETS = [...KEYS, AWS_SECRET, AWS_TOKEN, PASSWORD];
const BUDGETS = 'budgets:\n  - { id: each, each: project, limit: 10, period: monthly }\n';

let folder: string;
let openai: ReplayedOpenAi;
let printed: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'budget-alerts-canary-'));
  writeFileSync(join(folder, 'budgets.yaml'), BUDGETS);
  printed = '';
  openai = await startReplayedOpenAi();
});
afterEach(async () => {
  await openai[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

async function command(
  words: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<number | null> {
  const child = spawn(process.execPath, [COMMAND, ...words], {
    cwd: folder,
    env: {
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'AKIAUSER',
      AWS_SECRET_ACCESS_KEY: AWS_SECRET,
      AWS_SESSION_TOKEN: AWS_TOKEN,
      OPENAI_BASE_URL: openai.baseUrl,
      ...programsCoverage(),
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [out, errors, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  printed += out + errors;
  return code;
}

/** Files of the folder as they lie there, and what the database in it says it holds. */
async function written(): Promise<(readonly [string, string | Uint8Array])[]> {
  const embedded = await startEmbeddedDynamoDb({ directory: join(folder, 'state', 'dynamodb') });
  const credentials = { accessKeyId: 'any', secretAccessKey: 'any' };
  const client = createDynamoDbClient({ endpoint: embedded.endpoint, region: 'us-east-1', credentials });
  try {
    const { TableNames = [] } = await client.send(new ListTablesCommand());
    const scans = TableNames.map(async (TableName) => {
      const { Items = [] } = await client.send(new ScanCommand({ TableName }));
      return valuesOf(TableName, Items);
    });
    return [...(await Promise.all(scans)).flat(), ...filesIn(folder), ['printed', printed]];
  } finally {
    client.destroy();
    await embedded.close();
  }
}

/** Path → an answer that repeats the key in one of all the places where an answer can. */
const ECHOES: Readonly<Record<string, (key: string) => ReplayedAnswer>> = {
  costs: (key) => ({ body: pageOf([bucketOf('2026-11-19', [costResult('a', key)])]) }),
  'usage/completions': (key) => {
    const message = `Incorrect API key provided: ${key}.`;
    return { status: 401, body: { error: { message, code: 'invalid_api_key' } } };
  },
  'usage/embeddings': (key) => ({ status: 401, body: { error: { message: '', type: key, code: key } } }),
  'usage/moderations': (key) => {
    return { status: 403, body: { error: `Missing scopes: ${key.replaceAll(/[.-]/g, '_')}, ${key}` } };
  },
  'usage/images': (key) => ({ status: 400, headers: { 'x-request-id': key }, body: {} }),
  'usage/audio_speeches': (key) => {
    return { status: 302, headers: { location: `http://127.0.0.1:1/${key}` }, body: '' };
  },
  'usage/audio_transcriptions': (key) => ({ headers: { 'x-request-id': key }, body: `<html>${key}</html>` }),
  'usage/vector_stores': (key) => ({ body: `{"object":"page","data":[{"${key}` }),
  'usage/code_interpreter_sessions': (key) => {
    return { body: { ...(pageOf([]) as object), has_more: true, next_page: `${key} ` } };
  },
};
const MEASURES = [
  ...['cost', 'completions.output_tokens', 'embeddings.input_tokens', 'moderations.input_tokens'],
  ...['images.images', 'audio_speeches.characters', 'audio_transcriptions.seconds'],
  ...['vector_stores.usage_bytes', 'code_interpreter_sessions.num_sessions'],
];

it.each(KEYS)(
  'repeats nothing of the key that OpenAI repeats: %s',
  async (key) => {
    const budgets = MEASURES.map(
      (measure, at) => `  - { id: b${at}, measure: ${measure}, limit: 10, period: daily }`,
    );
    writeFileSync(join(folder, 'budgets.yaml'), `budgets:\n${budgets.join('\n')}\n`);
    const environment = { OPENAI_ADMIN_KEY: key };
    const authorizations = new Map<string, string | undefined>();
    for (const [path, echo] of Object.entries(ECHOES)) {
      openai.replay(path, (_, request) => {
        authorizations.set(path, request.headers.authorization);
        const answer = echo(key);
        return { ...answer, headers: { 'x-should-retry': 'false', ...answer.headers } };
      });
    }
    for (const words of [['check', '--json'], ['status'], ...(key === KEYS[0] ? [['doctor']] : [])]) {
      await command([...words, '--state', 'state', '--now', '2026-11-20T10:00:00Z'], environment);
    }
    // The key was in use everywhere, and each of the failures is told.
    expect(authorizations).toEqual(new Map(Object.keys(ECHOES).map((path) => [path, `Bearer ${key}`])));
    for (const at of MEASURES.keys()) expect(printed).toContain(`"b${at}"`);
    const codes = new Set([...printed.matchAll(/"code": "(openai-[a-z-]+)"/g)].map(([, code]) => code));
    expect([...codes].sort()).toEqual([
      ...['openai-answer-malformed', 'openai-key-rejected', 'openai-request-refused', 'openai-scope-missing'],
    ]);
    expect(canariesIn(SECRETS, await written())).toEqual([]);
  },
  90_000,
);

it('repeats nothing of credentials that AWS repeats, and of a password in an address', async () => {
  const aws = createServer((request, response) => {
    const echo = `${AWS_SECRET} ${AWS_TOKEN} ${request.headers.authorization} ${request.headers['x-amz-security-token']}`;
    response.writeHead(403, { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-requestid': AWS_TOKEN });
    response.end(JSON.stringify({ __type: 'AccessDeniedException', message: echo, Code: AWS_TOKEN }));
  });
  await new Promise<void>((resolve) => aws.listen(0, '127.0.0.1', resolve));
  const { port } = aws.address() as AddressInfo;
  try {
    const environment = { OPENAI_ADMIN_KEY: KEYS[0] ?? '', AWS_ENDPOINT_URL: `http://127.0.0.1:${port}` };
    openai.replay('costs', daysWindow({ '2026-11-19': [costResult('proj_a', '11')] }));
    const topic = 'arn:aws:sns:us-east-1:000000000000:alerts';
    const at = ['--now', '2026-11-20T10:00:00Z'];
    expect(await command(['check', '--state', 'state', '--topic-arn', topic, ...at], environment)).toBe(1);
    for (const words of [
      ['status', '--stack', 'x'],
      ['doctor', '--stack', 'x'],
      ['apply', 'budgets.yaml', '--stack', 'x'],
    ]) {
      expect(await command([...words], environment)).toBe(1);
    }
    const withPassword = { ...environment, OPENAI_BASE_URL: `https://user:${PASSWORD}@api.openai.com/v1` };
    expect(await command(['check', '--state', 'state', ...at], withPassword)).toBe(1);
    await command(['doctor', '--state', 'state', ...at], withPassword);
    expect(printed).toContain('refused');
    expect(canariesIn(SECRETS, await written())).toEqual([]);
  } finally {
    aws.closeAllConnections();
    aws.close();
  }
}, 90_000);

it('would find a secret as text, in part, in the middle of bytes and in gzip', () => {
  const whole = KEYS[0] ?? '';
  expect(
    canariesIn(SECRETS, [
      ['text', `Bearer ${whole}`],
      ['half', `sk-…${whole.slice(-10)}`],
      ['bytes', Buffer.concat([Buffer.from([0xff, 0x00]), Buffer.from(whole), Buffer.from([0xfe])])],
      ['zipped', gzipSync(JSON.stringify({ key: whole }))],
      ['nothing', 'sk-…H5rA'],
    ]),
  ).toEqual(['text', 'half', 'bytes', 'zipped'].map((name) => `${name} holds ${whole}`));
});
