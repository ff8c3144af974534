// The endpoints that list who may spend: the organization's users, and a project's API keys.

import { createHash } from 'node:crypto';
import type { Answer } from './api-answer.ts';
import { listPage, readListWindow } from './list-page.ts';
import { parameterReader } from './parameter-reader.ts';
import { noProject } from './project-list.ts';
import type { SimulatedUser } from './project-plan.ts';
import type { SimulatedApiKey, World } from './world.ts';

/** 2026-01-05T09:00:00Z */
const CREATED_S = 1_767_603_600;

export function userList(world: World, parameters: URLSearchParams): Answer {
  const read = parameterReader(parameters);
  const window = readListWindow(read);
  const emails = new Set(read.list('emails', 'separate'));
  const refusal = read.refusal();
  if (refusal !== null) return refusal;
  const listed = world.users.filter(({ email }) => emails.size === 0 || emails.has(email));
  return listPage(listed, window, userObject);
}

/** Without `owner_project_access` service accounts' keys are left out, as some are by OpenAI: who wants all must say so. */
export function projectKeyList(world: World, projectId: string, parameters: URLSearchParams): Answer {
  const read = parameterReader(parameters);
  const window = readListWindow(read);
  const access = read.choice('owner_project_access', ['active', 'inactive', 'any']);
  const refusal = read.refusal();
  if (refusal !== null) return refusal;
  if (!world.projects.some(({ id }) => id === projectId)) return noProject(projectId);
  const listed = world.apiKeys.filter((key) => {
    return key.projectId === projectId && access !== 'inactive' && (access !== null || key.userId !== null);
  });
  return listPage(listed, window, (key) => keyObject(world, key));
}

function userObject({ id, name, email }: SimulatedUser) {
  return { object: 'organization.user', id, name, email, role: 'reader', added_at: CREATED_S };
}

function keyObject({ users }: World, { id, name, userId }: SimulatedApiKey) {
  const user = users.find((one) => one.id === userId);
  const hash = createHash('sha256').update(id).digest('hex');
  return {
    object: 'organization.project.api_key',
    id,
    name,
    redacted_value: `sk-proj-${hash.slice(0, 3)}...${hash.slice(-4)}`,
    created_at: CREATED_S,
    last_used_at: null,
    owner_project_access: 'active',
    owner:
      user === undefined
        ? {
            type: 'service_account',
            service_account: { id: `svc_${hash.slice(0, 8)}`, name, role: 'member' },
          }
        : { type: 'user', user: { ...userObject(user), created_at: CREATED_S } },
  };
}
