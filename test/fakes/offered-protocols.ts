// What a client offers to speak over TLS, by the first words it sends: no certificate is needed to hear those.
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';

/** ALPN's id in a ClientHello, and two lengths before the list. */
const ALPN = [0x00, 0x10];
const LENGTHS = 4;

/** The connection ends without an answer: how `ask` ends does not matter. */
export async function offeredProtocols(ask: (origin: string) => Promise<unknown>): Promise<string[]> {
  const heard: Buffer[] = [];
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', (chunk) => {
      heard.push(chunk);
      socket.destroy();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await ask(`https://localhost:${port}`).catch(() => {});
  server.close();
  const [hello] = heard;
  if (hello === undefined) throw new Error('Nobody has connected.');
  return protocolsIn(hello);
}

function protocolsIn(hello: Buffer): string[] {
  // The protocols that all clients know are looked for, so that random bytes are not taken for the list.
  const known = hello.indexOf('http/1.1', 0, 'latin1');
  const start = hello.lastIndexOf(Buffer.from(ALPN), known);
  if (known < 0 || start < 0) throw new Error('The client offers no protocol.');
  const end = start + LENGTHS + hello.readUInt16BE(start + 2);
  const protocols: string[] = [];
  for (let at = start + LENGTHS + 2; at < end; ) {
    const length = hello.readUInt8(at);
    protocols.push(hello.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  return protocols;
}
