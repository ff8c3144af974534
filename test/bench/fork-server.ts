// Starts a server in a process of its own; the first thing that it says is how to reach it.
import { type ChildProcess, fork } from 'node:child_process';

export interface ForkedServer<Said> extends Disposable {
  readonly said: Said;
}

export async function forkServer<Said>(
  program: string,
  parse: (said: unknown) => Said,
): Promise<ForkedServer<Said>> {
  const server: ChildProcess = fork(program);
  const said = await new Promise<unknown>((resolve, reject) => {
    server.once('message', resolve);
    server.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
  });
  return { said: parse(said), [Symbol.dispose]: () => server.disconnect() };
}
