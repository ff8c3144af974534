// The part of Lambda's Node.js runtime that a handler sees: loads it, then takes one invocation after the other.
import { existsSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { takeCoverage } from 'node:v8';

const { AWS_LAMBDA_RUNTIME_API, LAMBDA_TASK_ROOT, _HANDLER, ...environment } = process.env;
const [hostname, port] = AWS_LAMBDA_RUNTIME_API.split(':');

function call(method, path, document) {
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, method, path: `/2018-06-01/runtime/${path}` }, (response) => {
      text(response).then((body) => resolve({ headers: response.headers, body }), reject);
    });
    sent.once('error', reject);
    sent.end(document === undefined ? undefined : JSON.stringify(document));
  });
}

function errorDocument(error) {
  if (!(error instanceof Error)) return { errorType: typeof error, errorMessage: String(error), trace: [] };
  const trace = (error.stack ?? '').split('\n');
  return { errorType: error.name, errorMessage: error.message, trace };
}

function contextOf(headers) {
  const deadlineMs = Number(headers['lambda-runtime-deadline-ms']);
  return {
    awsRequestId: headers['lambda-runtime-aws-request-id'],
    invokedFunctionArn: headers['lambda-runtime-invoked-function-arn'],
    functionName: environment.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: environment.AWS_LAMBDA_FUNCTION_VERSION,
    memoryLimitInMB: environment.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => deadlineMs - Date.now(),
  };
}

async function loadHandler() {
  const [module, name] = _HANDLER.split('.');
  const path = ['.mjs', '.js', '.cjs']
    .map((extension) => join(LAMBDA_TASK_ROOT, module + extension))
    .find((candidate) => existsSync(candidate));
  if (path === undefined) throw new Error(`Cannot find module '${module}'`);
  const loaded = await import(path);
  const handler = loaded[name] ?? loaded.default?.[name];
  if (typeof handler !== 'function') throw new Error(`${_HANDLER} is undefined or not exported`);
  return handler;
}

/** For `npm run coverage`, before anybody knows of the end: whoever started this process may kill it at any moment then. */
function writeCounts() {
  if (environment.NODE_V8_COVERAGE !== undefined) takeCoverage();
}

let handler;
try {
  handler = await loadHandler();
} catch (error) {
  await call('POST', 'init/error', errorDocument(error));
  process.exit(1);
}

for (;;) {
  const { headers, body } = await call('GET', 'invocation/next');
  const invocation = `invocation/${headers['lambda-runtime-aws-request-id']}`;
  try {
    const result = await handler(JSON.parse(body), contextOf(headers));
    writeCounts();
    await call('POST', `${invocation}/response`, result ?? null);
  } catch (error) {
    writeCounts();
    await call('POST', `${invocation}/error`, errorDocument(error));
  }
}
