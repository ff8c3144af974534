// Loaded into a function's process before its bundle: TLS to Slack ends at the local Slack, and to others nowhere.
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';
import tls from 'node:tls';

const SLACK = 'hooks.slack.com';
const port = Number(process.env.LOCAL_SLACK_PORT);
delete process.env.LOCAL_SLACK_PORT;

tls.connect = (options) => {
  const host = options?.host ?? options?.servername;
  if (host !== SLACK || Number(options.port) !== 443) {
    throw new Error(`In this test nobody connects to ${host}:${options?.port}.`);
  }
  if (options.ALPNProtocols?.includes('h2')) {
    throw new Error('Slack would take HTTP/2, and its session would outlive the request.');
  }
  const socket = net.connect({ host: '127.0.0.1', port });
  socket.once('connect', () => socket.emit('secureConnect'));
  return socket;
};
syncBuiltinESMExports();
