// Reads a text in a deployed template: as it stands, or put together from references that CloudFormation can resolve.
import * as v from 'valibot';

/** `null`: it is no text, or refers to what is not known here, such as another stack's exports. */
export type TemplateText = (value: unknown) => Promise<string | null>;

const reference = v.strictObject({ Ref: v.string() });
const joined = v.strictObject({ 'Fn::Join': v.tuple([v.string(), v.array(v.unknown())]) });

/** @param ownArn any ARN of the stack's account and region */
export function createTemplateText(
  ownArn: string,
  physicalIdOf: (logicalId: string) => Promise<string | null>,
): TemplateText {
  const [, partition = '', , region = '', account = ''] = ownArn.split(':');
  const pseudo = new Map([
    ['AWS::Partition', partition],
    ['AWS::Region', region],
    ['AWS::AccountId', account],
  ]);

  return async function text(value: unknown): Promise<string | null> {
    if (typeof value === 'string') return value;
    if (v.is(reference, value)) return pseudo.get(value.Ref) ?? (await physicalIdOf(value.Ref));
    if (!v.is(joined, value)) return null;
    const [separator, parts] = value['Fn::Join'];
    const texts = await Promise.all(parts.map(text));
    return texts.every((part) => part !== null) ? texts.join(separator) : null;
  };
}
