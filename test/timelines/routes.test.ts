// Routes over time: each alert reaches the people it is for, each once, whatever becomes of it elsewhere.
import { describe, it } from 'vitest';
import { timeline } from './timeline.ts';

const ROUTES = ['default', 'oncall', 'team'];
const FILE = `
budgets:
  - id: org
    limit: 100
    period: monthly
    notify: [team]
    thresholds: [80%, { at: 100%, severity: critical, notify: [oncall, team] }]
`;

const org = () =>
  timeline()
    .routesAre(...ROUTES)
    .at('2026-10-05T10:00Z')
    .budgetsFileSays(FILE)
    .at('2026-11-20T10:00Z');

describe('an alert', () => {
  it('goes on the routes of its threshold, else on those of its budget', () =>
    org()
      .costsSay({ '2026-11-19': '85' })
      .runs()
      .thenRoutes('team: org 80% first-breach')
      .costsSay({ '2026-11-19': '100' })
      .at('2026-11-20T11:00Z')
      .runs()
      .thenRoutes('oncall: org 100% higher-threshold', 'team: org 100% higher-threshold')
      .ends());

  it('that speaks for lower thresholds is heard by their people too', () =>
    timeline()
      .routesAre(...ROUTES)
      .at('2026-10-05T10:00Z')
      .budgetsFileSays(FILE.replace('[oncall, team]', '[oncall]'))
      .at('2026-11-20T10:00Z')
      .costsSay({ '2026-11-19': '100' })
      .runs()
      .thenRoutes('oncall: org 100% first-breach (80%)', 'team: org 100% first-breach (80%)')
      .ends());

  it('that one route refuses is sent there again, and nowhere else', () =>
    org()
      .costsSay({ '2026-11-19': '100' })
      .channel('refused', 'oncall')
      .runs()
      .thenRoutes('team: org 100% first-breach (80%)')
      .runsEvery('15m', '2026-11-20T11:00Z')
      .thenNothing()
      .channel('accepted', 'oncall')
      .at('2026-11-20T11:15Z')
      .runs()
      .thenRoutes('oncall: org 100% first-breach (80%)')
      .runsEvery('1h', '2026-11-21T10:00Z')
      .ends());

  it('for a route on which nobody listens waits for it, for as long as that takes, and is not given up', () =>
    org()
      .costsSay({ '2026-11-19': '100' })
      .nobodyIsSubscribed('oncall')
      .runs()
      .thenRoutes('team: org 100% first-breach (80%)')
      .thenOperations('NoConfirmedSubscriber')
      .thenText('on the route oncall', 'the topic of the route oncall')
      .runsEvery('6h', '2026-11-28T10:00Z')
      .thenNothing()
      .somebodyConfirms('oncall')
      .runs()
      .thenRoutes('oncall: org 100% first-breach (80%)')
      .thenOperations('NoConfirmedSubscriber over')
      .runsEvery('6h', '2026-11-29T10:00Z')
      .ends());

  it('that a route refuses for days is dead there, and the ledger says where', () =>
    org()
      .costsSay({ '2026-11-19': '100' })
      .channel('refused', 'oncall')
      .runsEvery('1h', '2026-11-23T10:00Z')
      .thenRoutes('team: org 100% first-breach (80%)')
      .thenRemembered('org 100:100 dead: not heard on oncall')
      .ends());

  it('on a route that the deployment does not have is heard on the default one, and operations are told', () =>
    org()
      .routesAre('default', 'team')
      .costsSay({ '2026-11-19': '100' })
      .runs()
      .thenRoutes('default: org 100% first-breach (80%)', 'team: org 100% first-breach (80%)')
      .livesUntil('2026-11-21T08:00Z')
      .thenOperations('UnknownRoute')
      .thenText('org names oncall', 'The deployment has default, team')
      .ends());

  it('whose routes were taken away while it waited reaches somebody all the same', () =>
    org()
      .costsSay({ '2026-11-19': '100' })
      .channel('refused', 'oncall')
      .runs()
      .thenRoutes('team: org 100% first-breach (80%)')
      .routesAre('default', 'team')
      .channel('accepted', 'oncall')
      .at('2026-11-20T10:15Z')
      .runs()
      .thenRoutes('oncall: org 100% first-breach (80%)')
      .ends());
});
