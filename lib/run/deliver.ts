// The delivery stage: each message once, one after the other, and never on a lease that is about to end.
import type { AlertMessage } from '../notify/message.ts';
import type { Delivery } from '../notify/notifier.ts';
import type { Routes } from '../notify/routes.ts';
import { type Instant, SECOND_MS } from '../time/instant.ts';
import type { Clock } from './clock.ts';

/** A publish that hangs longer than this could end after the lease, when somebody else may be sending the same. */
const LEAST_LEASE_TO_SEND_MS = 15 * SECOND_MS;

export interface MessageDelivery {
  readonly message: AlertMessage;
  readonly delivery: Delivery;
}

export async function deliverMessages(
  messages: readonly AlertMessage[],
  leaseUntil: Instant,
  { routes, clock }: { readonly routes: Routes; readonly clock: Clock },
): Promise<MessageDelivery[]> {
  const deliveries: MessageDelivery[] = [];
  for (const message of messages) {
    const inTime = clock.now() <= leaseUntil - LEAST_LEASE_TO_SEND_MS;
    const delivery: Delivery = inTime
      ? await routes.notifierOf(message.attributes.route).deliver(message)
      : { outcome: 'refused', why: 'too little of the lease was left' };
    deliveries.push({ message, delivery });
  }
  return deliveries;
}
