// A process that answers on loopback as OpenAI's completions endpoint does, for organizations of several sizes.
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DAY_S, DAYS, FIRST_DAY_S, resultText, SIZES, type SizeName } from './sizes.ts';

/** One day's results, which all days have: a month of them would not fit. */
const results = new Map<SizeName, Buffer>();

function resultsOf(name: SizeName): Buffer {
  const known = results.get(name);
  if (known !== undefined) return known;
  const { projects, models } = SIZES[name];
  const texts: string[] = [];
  for (let project = 0; project < projects; project += 1) {
    for (let model = 0; model < models; model += 1) texts.push(resultText(project, model));
  }
  const bytes = Buffer.from(texts.join(','));
  results.set(name, bytes);
  return bytes;
}

/** `/SIZE/v1/organization/usage/completions`; below `/SIZE/one-page/v1` the `limit` changes nothing. */
const server = createServer((request, response) => {
  const url = new URL(request.url ?? '', 'http://127.0.0.1');
  const [, name, mode] = url.pathname.split('/');
  if (name === undefined || !(name in SIZES)) {
    response.writeHead(404).end();
    return;
  }
  const asked = (parameter: string, otherwise: number) =>
    Number(url.searchParams.get(parameter) ?? otherwise);
  const until = Math.min(asked('end_time', Number.POSITIVE_INFINITY), FIRST_DAY_S + DAYS * DAY_S);
  const first = asked('page', Math.max(asked('start_time', 0), FIRST_DAY_S));
  const limit = mode === 'one-page' ? DAYS : asked('limit', 7);
  const starts: number[] = [];
  for (let start = first; start < until && starts.length < limit; start += DAY_S) starts.push(start);
  const next = first + starts.length * DAY_S;
  sendPage(response, resultsOf(name as SizeName), starts, next < until ? String(next) : null);
});

function sendPage(response: ServerResponse, day: Buffer, starts: readonly number[], next: string | null) {
  const parts = starts.flatMap((start, index) => [
    Buffer.from(
      `${index === 0 ? '{"object":"page","data":[' : ','}{"object":"bucket","start_time":${start},"end_time":${start + DAY_S},"results":[`,
    ),
    day,
    Buffer.from(']}'),
  ]);
  if (starts.length === 0) parts.push(Buffer.from('{"object":"page","data":['));
  parts.push(Buffer.from(`],"has_more":${next !== null},"next_page":${JSON.stringify(next)}}`));
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': length });
  let at = 0;
  const send = () => {
    for (let part = parts[at]; part !== undefined; part = parts[at]) {
      at += 1;
      if (!response.write(part)) {
        response.once('drain', send);
        return;
      }
    }
    response.end();
  };
  send();
}

// Before anything is timed.
for (const name of Object.keys(SIZES)) resultsOf(name as SizeName);
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
process.on('disconnect', () => process.exit());
