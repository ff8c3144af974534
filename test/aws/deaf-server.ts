// A port on which connections are never made: its queue of waiting ones is full, and nobody takes any from it.
import { connect, type Socket } from 'node:net';
import { Worker } from 'node:worker_threads';

/** Listens, says on which port, and then its event loop stands still. */
const DEAF = `
  const { parentPort } = require('node:worker_threads');
  const server = require('node:net').createServer();
  server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
    parentPort.postMessage(server.address().port);
    setTimeout(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0), 20);
  });
`;

export async function startDeafServer(): Promise<AsyncDisposable & { readonly port: number }> {
  const worker = new Worker(DEAF, { eval: true });
  const port = await new Promise<number>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
  await new Promise((resolve) => setTimeout(resolve, 100));
  const waiting: Socket[] = [];
  for (;;) {
    const socket = connect(port, '127.0.0.1').on('error', () => {});
    waiting.push(socket);
    const connected = await Promise.race([
      new Promise<boolean>((resolve) => socket.once('connect', () => resolve(true))),
      new Promise<boolean>((resolve) => setTimeout(resolve, 300, false)),
    ]);
    if (!connected) break;
    if (waiting.length > 1_000) throw new Error('this system takes any number of connections');
  }
  return {
    port,
    async [Symbol.asyncDispose]() {
      for (const socket of waiting) socket.destroy();
      await worker.terminate();
    },
  };
}
