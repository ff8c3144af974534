// What operations read when something that they were told of has ended: how it is now, and whether anything is left to do.
import type { NoticeCode } from './notice-code.ts';

/** How it is now. `{}`: the source, the function or the route of the subject. */
const IS_NOW: { readonly [Code in NoticeCode]: string } = {
  SourceStale: 'the data of OpenAI {} is up to date again',
  SourceFailing: 'OpenAI {} can be read again',
  AdminKeyExpiring: 'the admin key does not expire soon',
  NoConfirmedSubscriber: 'somebody hears alerts{}',
  SubscribersFell: 'no further subscribers were lost{}',
  DeliveryDead: 'no alert that was given up is kept any more',
  DeliveryOverdue: 'no alert has waited for an hour',
  BudgetRejected: 'all stored budgets can be read',
  UnknownRoute: 'every route that budgets name is there',
  CheckNotRunning: 'the check of budgets runs again',
  NearTimeout: 'runs of {} have had time enough for two days',
};

const NOTHING_LEFT = 'Nothing needs to be done.';
/** Some end without having been mended. */
const LEFT: { readonly [Code in NoticeCode]?: string } = {
  SubscribersFell: 'Whoever was lost is not back by that: subscribe them again if they should hear.',
  DeliveryDead: 'Those alerts were never sent, and the owners of their budgets have not heard of them.',
};

/** Subjects are `source.<kind>`, `time.<function>`, or a name with `.<route>` behind it where it is about one route. */
export function noticeEnd(subject: string, code: NoticeCode): { title: string; text: string } {
  const [what, detail = ''] = subject.split(/\.(.*)/s, 2);
  const about = what === 'source' || what === 'time' || detail === '' ? detail : ` on the route ${detail}`;
  return {
    title: `Resolved: ${IS_NOW[code].replace('{}', () => about)}`,
    text: `What was reported as ${code} is over. ${LEFT[code] ?? NOTHING_LEFT}`,
  };
}
