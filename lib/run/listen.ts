// Asks, for each route that has something to say, whether anybody would hear it.
import type { Watched } from '../alert/notice.ts';
import { audienceCondition, audienceSubject } from '../notify/heartbeat-conditions.ts';
import { isHeard } from '../notify/notifier.ts';
import type { Routes } from '../notify/routes.ts';

export interface Listeners {
  /** Nobody has confirmed a subscription to these. */
  readonly unheard: ReadonlySet<string>;
  /** So that operations hear of it at once. */
  readonly watched: readonly Watched[];
}

export async function listen(wanted: Iterable<string>, routes: Routes): Promise<Listeners> {
  const answers = await Promise.all(
    [...new Set(wanted)].map(async (route) => ({
      route,
      audience: await routes.notifierOf(route).audience(),
    })),
  );
  return {
    unheard: new Set(answers.filter(({ audience }) => !isHeard(audience)).map(({ route }) => route)),
    watched: answers.map(({ route, audience }) => {
      return { subject: audienceSubject(route), condition: audienceCondition(audience, route) };
    }),
  };
}
