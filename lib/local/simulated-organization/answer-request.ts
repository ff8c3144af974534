// Which part of the simulated API answers a request, and whether the key may ask it.
import type { Instant } from '../../time/instant.ts';
import { type AdminKey, acceptedKey } from './admin-key.ts';
import { adminKeyList } from './admin-key-list.ts';
import {
  type Answer,
  keyRefused,
  methodRefused,
  type Scope,
  scopeMissing,
  unknownPath,
} from './api-answer.ts';
import { projectKeyList, userList } from './member-lists.ts';
import { projectById, projectList } from './project-list.ts';
import { SPEND_ENDPOINTS } from './spend-endpoint.ts';
import { type BucketMemory, spendPage } from './spend-page.ts';
import type { World } from './world.ts';

export interface ApiRequest {
  readonly method: string;
  /** With `/v1`. */
  readonly path: string;
  readonly parameters: URLSearchParams;
  /** The header as it was sent. */
  readonly authorization: string | undefined;
}

interface Route {
  readonly scope: Scope;
  answer(): Answer;
}

const BASE_PATH = '/v1';
const PROJECTS_PATH = '/organization/projects';
const USERS_PATH = '/organization/users';
const ADMIN_KEYS_PATH = '/organization/admin_api_keys';

export function answerRequest(
  world: World,
  adminKeys: readonly AdminKey[],
  request: ApiRequest,
  now: Instant,
  memory: BucketMemory,
): Answer {
  const sent = /^Bearer (\S+)$/i.exec(request.authorization ?? '')?.[1] ?? null;
  const adminKey = acceptedKey(adminKeys, sent, now);
  if (adminKey === null) return keyRefused(sent);
  const route = routeOf(world, adminKeys, request, now, memory);
  if (route === null) return unknownPath(request.method, request.path);
  if (!adminKey.scopes.includes(route.scope)) return scopeMissing(route.scope);
  if (request.method !== 'GET') return methodRefused(request.method, request.path);
  return route.answer();
}

function routeOf(
  world: World,
  adminKeys: readonly AdminKey[],
  { path, parameters }: ApiRequest,
  now: Instant,
  memory: BucketMemory,
): Route | null {
  if (!path.startsWith(`${BASE_PATH}/`)) return null;
  const below = path.slice(BASE_PATH.length);
  const endpoint = SPEND_ENDPOINTS.find((one) => one.path === below);
  if (endpoint !== undefined) {
    return { scope: 'api.usage.read', answer: () => spendPage(world, endpoint, parameters, now, memory) };
  }
  if (below === PROJECTS_PATH) {
    return { scope: 'api.management.read', answer: () => projectList(world, parameters, now) };
  }
  if (below === USERS_PATH) {
    return { scope: 'api.management.read', answer: () => userList(world, parameters) };
  }
  if (below === ADMIN_KEYS_PATH) {
    return { scope: 'api.management.read', answer: () => adminKeyList(adminKeys, parameters) };
  }
  const [, id, keys] = /^\/organization\/projects\/([A-Za-z0-9_-]+)(\/api_keys)?$/.exec(below) ?? [];
  if (id === undefined) return null;
  if (keys !== undefined) {
    return { scope: 'api.management.read', answer: () => projectKeyList(world, id, parameters) };
  }
  return { scope: 'api.management.read', answer: () => projectById(world, id, now) };
}
