// The codes of notices: what can be wrong with the watcher itself.

/** Stable: each is a heading of the runbook. */
export type NoticeCode =
  | 'SourceStale'
  | 'SourceFailing'
  | 'AdminKeyExpiring'
  | 'NoConfirmedSubscriber'
  | 'SubscribersFell'
  | 'DeliveryDead'
  | 'DeliveryOverdue'
  | 'BudgetRejected'
  | 'UnknownRoute'
  | 'CheckNotRunning'
  | 'NearTimeout';
