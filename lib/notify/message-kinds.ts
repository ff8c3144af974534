// The kinds of messages that there are, as filter policies know them.

/** `operations`: about the system itself, without alerts; it goes on no route. */
export const MESSAGE_KINDS = ['alert', 'test', 'operations', 'heartbeat', 'digest'] as const;
export type MessageKind = (typeof MESSAGE_KINDS)[number];
