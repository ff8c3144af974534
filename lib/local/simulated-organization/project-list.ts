// The projects endpoints: the list page by page, and a single project.
import { epochSOf, type Instant } from '../../time/instant.ts';
import { type Answer, errorAnswer, invalidParameter, jsonAnswer } from './api-answer.ts';
import { parameterReader } from './parameter-reader.ts';
import type { SimulatedProject, World } from './world.ts';

const USUAL_LIMIT = 20;
const MAX_LIMIT = 100;

/** Projects that exist at `now`; archived ones only if asked for. */
export function projectList(world: World, parameters: URLSearchParams, now: Instant): Answer {
  const read = parameterReader(parameters);
  const limit = read.integer('limit', 1, MAX_LIMIT) ?? USUAL_LIMIT;
  const after = read.text('after');
  const withArchived = read.choice('include_archived', ['true', 'false']) === 'true';
  const refusal = read.refusal();
  if (refusal !== null) return refusal;

  const listed = existing(world, now).filter((project) => withArchived || !isArchived(project, now));
  const position = after === null ? 0 : listed.findIndex(({ id }) => id === after) + 1;
  if (after !== null && position === 0) {
    return invalidParameter('after', 'invalid_value', `Invalid 'after': no such project in this list.`);
  }
  const page = listed.slice(position, position + limit);
  return jsonAnswer(200, {
    object: 'list',
    data: page.map((project) => projectObject(project, now)),
    first_id: page[0]?.id ?? null,
    last_id: page.at(-1)?.id ?? null,
    has_more: position + limit < listed.length,
  });
}

export function projectById(world: World, id: string, now: Instant): Answer {
  const project = existing(world, now).find((one) => one.id === id);
  if (project === undefined) {
    return errorAnswer(404, 'invalid_request_error', `No project found with id '${id}'.`, null, 'not_found');
  }
  return jsonAnswer(200, projectObject(project, now));
}

function existing(world: World, now: Instant): readonly SimulatedProject[] {
  return world.projects.filter(({ createdAt }) => createdAt <= now);
}

function isArchived({ archivedAt }: SimulatedProject, now: Instant): boolean {
  return archivedAt !== null && archivedAt <= now;
}

function projectObject(project: SimulatedProject, now: Instant) {
  const archived = isArchived(project, now);
  return {
    id: project.id,
    object: 'organization.project',
    name: project.name,
    created_at: epochSOf(project.createdAt),
    archived_at: archived && project.archivedAt !== null ? epochSOf(project.archivedAt) : null,
    status: archived ? 'archived' : 'active',
  };
}
