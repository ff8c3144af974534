// The routes of a deployment: a topic for each, all published to at one pace.
import { DEFAULT_ROUTE } from '../budget/route.ts';
import type { Routes } from '../notify/routes.ts';
import { createPace } from './publish-pace.ts';
import { createSnsNotifier } from './sns-notifier.ts';

/** `topics`: route → topic ARN. A claim may name a route that is no more: then the default one carries it. */
export function createSnsRoutes(topics: ReadonlyMap<string, string>, defaultTopic: string): Routes {
  const pace = createPace();
  const create = (topicArn: string) => createSnsNotifier({ topicArn, pace });
  const fallback = create(defaultTopic);
  const notifiers = new Map([...topics].map(([route, topicArn]) => [route, create(topicArn)]));
  notifiers.set(DEFAULT_ROUTE, fallback);
  return {
    names: [...notifiers.keys()].sort(),
    notifierOf: (route) => notifiers.get(route) ?? fallback,
  };
}
