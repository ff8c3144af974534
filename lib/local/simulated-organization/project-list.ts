// The projects endpoints: the list page by page, and a single project.
import { epochSOf, type Instant } from '../../time/instant.ts';
import { type Answer, errorAnswer, jsonAnswer } from './api-answer.ts';
import { listPage, readListWindow } from './list-page.ts';
import { parameterReader } from './parameter-reader.ts';
import type { SimulatedProject, World } from './world.ts';

/** Projects that exist at `now`; archived ones only if asked for. */
export function projectList(world: World, parameters: URLSearchParams, now: Instant): Answer {
  const read = parameterReader(parameters);
  const window = readListWindow(read);
  const withArchived = read.choice('include_archived', ['true', 'false']) === 'true';
  const refusal = read.refusal();
  if (refusal !== null) return refusal;

  const listed = existing(world, now).filter((project) => withArchived || !isArchived(project, now));
  return listPage(listed, window, (project) => projectObject(project, now));
}

export function projectById(world: World, id: string, now: Instant): Answer {
  const project = existing(world, now).find((one) => one.id === id);
  if (project === undefined) {
    return noProject(id);
  }
  return jsonAnswer(200, projectObject(project, now));
}

export function noProject(id: string): Answer {
  return errorAnswer(404, 'invalid_request_error', `No project found with id '${id}'.`, null, 'not_found');
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
