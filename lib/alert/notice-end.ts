// What operations read when something that they were told of has ended: what was wrong, and that nothing is left to do.
import type { NoticeCode } from './notice-code.ts';

/** What was wrong, in the past tense. `{}`: the source, the function or the route of the subject. */
const WAS_WRONG: { readonly [Code in NoticeCode]: string } = {
  SourceStale: 'the data of OpenAI {} was stale',
  SourceFailing: 'OpenAI {} could not be read',
  AdminKeyExpiring: 'the admin key was about to expire',
  NoConfirmedSubscriber: 'nobody would have heard an alert{}',
  SubscribersFell: 'subscribers were lost{}',
  DeliveryDead: 'alerts were given up',
  DeliveryOverdue: 'alerts waited for more than an hour',
  BudgetRejected: 'stored budgets could not be read',
  UnknownRoute: 'budgets named routes that the deployment did not have',
  CheckNotRunning: 'the check of budgets did not run',
  NearTimeout: 'runs of {} came close to their time-out',
};

/** Subjects are `source.<kind>`, `time.<function>`, or a name with `.<route>` behind it where it is about one route. */
export function noticeEnd(subject: string, code: NoticeCode): { title: string; text: string } {
  const [what, detail = ''] = subject.split(/\.(.*)/s, 2);
  const about = what === 'source' || what === 'time' || detail === '' ? detail : ` on the route ${detail}`;
  const wrong = WAS_WRONG[code].replace('{}', () => about);
  return {
    title: `Over: ${wrong}`,
    text: `That ${wrong} (${code}) is over. Nothing needs to be done.`,
  };
}
