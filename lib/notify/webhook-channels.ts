// The chats that are posted to by a webhook: an entry each, of which the stack, the functions and the command make theirs.

export const WEBHOOK_CHANNELS = {
  /**
   * Posts what goes on this route to a Slack channel.
   *
   * @default - no Slack
   */
  slack: { label: 'Slack' },
} as const satisfies Record<string, { readonly label: string }>;

export type WebhookChannelName = keyof typeof WEBHOOK_CHANNELS;

export const WEBHOOK_CHANNEL_NAMES = Object.keys(WEBHOOK_CHANNELS) as WebhookChannelName[];

export function isWebhookChannel(name: string): name is WebhookChannelName {
  return Object.hasOwn(WEBHOOK_CHANNELS, name);
}
