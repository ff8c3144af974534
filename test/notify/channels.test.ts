// Every channel does what a channel must, and every chat what a chat must.
import { channelContract } from '../contract/channel.contract.ts';
import { CHATS, TOPIC_TEXTS } from '../contract/channels-under-test.ts';
import { chatContract } from '../contract/chat.contract.ts';

for (const [name, channel] of TOPIC_TEXTS) channelContract(name, channel);
for (const [name, channel] of CHATS) {
  channelContract(name, channel);
  chatContract(name, channel);
}
