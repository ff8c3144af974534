// The floor: the same bytes off a raw socket, JSON.parse, and a sum. ARGUMENTS: base URL, buckets in a page.
import { connect, type Socket } from 'node:net';
import { report } from './report.ts';
import { DAY_S, DAYS, FIRST_DAY_S } from './sizes.ts';

const [baseUrl = '', limit = ''] = process.argv.slice(2);
const { hostname, port, pathname } = new URL(baseUrl);
const end = FIRST_DAY_S + DAYS * DAY_S;
const query = `start_time=${FIRST_DAY_S}&end_time=${end}&limit=${limit}&bucket_width=1d&group_by=project_id&group_by=model`;

interface Page {
  readonly data: readonly { readonly results: readonly { readonly input_tokens: number }[] }[];
  readonly next_page: string | null;
}

const socket = connect(Number(port), hostname).on('error', (error) => {
  throw error;
});
let [rows, inputTokens] = [0, 0];
let cursor: string | null = null;
do {
  const path = `${pathname}/organization/usage/completions?${query}${cursor === null ? '' : `&page=${cursor}`}`;
  socket.write(`GET ${path} HTTP/1.1\r\nhost: ${hostname}\r\n\r\n`);
  const page = JSON.parse(await bodyFrom(socket)) as Page;
  for (const { results } of page.data) {
    for (const result of results) {
      rows += 1;
      inputTokens += result.input_tokens;
    }
  }
  cursor = page.next_page;
} while (cursor !== null);
socket.destroy();
report({ rows, inputTokens });

/** The server sends a content-length, and nothing behind the body. */
function bodyFrom(from: Socket): Promise<string> {
  return new Promise((resolve) => {
    const kept: Buffer[] = [];
    let missing = Number.POSITIVE_INFINITY;
    const onData = (bytes: Buffer) => {
      let body = bytes;
      if (missing === Number.POSITIVE_INFINITY) {
        const head = bytes.indexOf('\r\n\r\n');
        missing = Number(/content-length: (\d+)/i.exec(bytes.toString('latin1', 0, head))?.[1]);
        body = bytes.subarray(head + 4);
      }
      kept.push(body);
      missing -= body.length;
      if (missing > 0) return;
      from.off('data', onData);
      resolve(Buffer.concat(kept).toString());
    };
    from.on('data', onData);
  });
}
