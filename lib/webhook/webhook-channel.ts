// What a chat that is posted to by a webhook is: its address, its messages, and how it says no.
import type { ReceivedMessage } from '../notify/received-message.ts';

export interface WebhookChannel {
  /** `Slack` */
  readonly label: string;
  /**
   * What an address must match as a whole: https, the chat's own hosts, no user info, no query, so that a secret that was
   * tampered with reaches nobody else.
   */
  readonly address: RegExp;
  /** For people, of an address: `https://hooks.slack.com/services/…` */
  readonly example: string;
  /** What to store where an address is none. */
  readonly advice: string;
  readonly render: (message: ReceivedMessage) => object;
  /** Of the text alone, for when the chat refuses the other; `why` stands in it. */
  readonly renderPlain: (message: ReceivedMessage, why: string) => object;
  /** Whether an answer says in words that nothing was posted, though its status is 2xx. */
  readonly saysNo: (answer: string) => boolean;
  /** The word of a refusal, if it is one that is known: nothing else of an answer is ever shown or logged. */
  readonly wordOf: (answer: string) => string | null;
  /** Whether a refusal is about the message, so that another may pass; else it is about the webhook. */
  readonly isAboutMessage: (status: number, word: string | null) => boolean;
}
