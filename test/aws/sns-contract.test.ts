// The SNS notifier does what every notifier must, on an SNS of this machine.
import { createSnsNotifier } from '../../lib/aws/sns-notifier.ts';
import { notifierContract } from '../contract/notifier.contract.ts';
import { startLocalSns } from './local-sns.ts';

notifierContract(async () => {
  const sns = await startLocalSns();
  return {
    notifier: createSnsNotifier({ topicArn: sns.topicArn, client: sns.client, pace: async () => {} }),
    // This SNS ignores MessageStructure: the texts for all protocols arrive, and `default` is a program's.
    received: async () => (await sns.envelopes()).map(({ Message }) => JSON.parse(Message).default),
    breakChannel: () => sns.deleteTopic(),
    [Symbol.asyncDispose]: () => sns[Symbol.asyncDispose](),
  };
});
