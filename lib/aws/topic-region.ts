// The region of an SNS topic, which its ARN names: no other region knows the topic.

/** `arn:aws:sns:eu-central-1:111122223333:alerts`; empty where the ARN names none, for the SDK to find out. */
export function topicRegion(topicArn: string): { readonly region?: string } {
  const region = topicArn.split(':')[3];
  return region === undefined || region === '' ? {} : { region };
}
