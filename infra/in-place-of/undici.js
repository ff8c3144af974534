// In a bundle, in place of undici's entry: what sends a request, without fetch, caches, WebSockets and mocks.

// Relative, since the bundler would put this file in place of `undici/` too. An undici that moves its files fails the build.
import request from '../../node_modules/undici/lib/api/api-request.js';
import Agent from '../../node_modules/undici/lib/dispatcher/agent.js';
import Dispatcher from '../../node_modules/undici/lib/dispatcher/dispatcher.js';

// As undici's own entry does it.
Object.assign(Dispatcher.prototype, { request });

export { Agent };
