// Policy statements as IAM evaluates them: who may do what to which resource, when.
import * as v from 'valibot';

const oneOrMany = v.pipe(
  v.union([v.string(), v.array(v.string())]),
  v.transform((value) => (typeof value === 'string' ? [value] : value)),
);

/** `NotAction`, `NotResource` and `NotPrincipal` are not understood here, and refused. */
const statementSchema = v.strictObject({
  Sid: v.optional(v.string()),
  Effect: v.picklist(['Allow', 'Deny']),
  Action: oneOrMany,
  /** A role's trust policy has none. */
  Resource: v.optional(oneOrMany, '*'),
  Principal: v.optional(v.union([v.literal('*'), v.record(v.string(), oneOrMany)])),
  Condition: v.optional(v.record(v.string(), v.record(v.string(), oneOrMany)), {}),
});

export type PolicyStatement = v.InferOutput<typeof statementSchema>;

export const policyDocumentSchema = v.looseObject({ Statement: v.array(statementSchema) });

export interface AccessRequest {
  /** As `dynamodb:Query`. */
  readonly action: string;
  /** An ARN. */
  readonly resource: string;
  /** Condition keys, as `aws:SourceArn`. */
  readonly context: Readonly<Record<string, readonly string[]>>;
}

/** An explicit Deny beats every Allow. */
export function allows(statements: readonly PolicyStatement[], request: AccessRequest): boolean {
  const applying = statements.filter((statement) => applies(statement, request));
  return applying.length > 0 && applying.every(({ Effect }) => Effect === 'Allow');
}

export function applies(statement: PolicyStatement, request: AccessRequest): boolean {
  return (
    statement.Action.some((pattern) => isLike(request.action.toLowerCase(), pattern.toLowerCase())) &&
    statement.Resource.some((pattern) => isLike(request.resource, pattern)) &&
    conditionHolds(statement, request)
  );
}

export function isForAnybody({ Principal }: PolicyStatement): boolean {
  return Principal === '*' || (Principal?.AWS ?? []).includes('*');
}

/** Whether the statement's principals include an AWS service such as `lambda.amazonaws.com`. */
export function isForService(statement: PolicyStatement, service: string): boolean {
  if (isForAnybody(statement) || statement.Principal === '*') return true;
  return (statement.Principal?.Service ?? []).includes(service);
}

/** `*` is any text, `?` any character. */
export function isLike(text: string, pattern: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 's').test(text);
}

function equals(text: string, pattern: string): boolean {
  return text === pattern;
}

function equalsIgnoringCase(text: string, pattern: string): boolean {
  return text.toLowerCase() === pattern.toLowerCase();
}

const OPERATORS: Readonly<Record<string, (text: string, pattern: string) => boolean>> = {
  StringEquals: equals,
  StringLike: isLike,
  ArnEquals: isLike,
  ArnLike: isLike,
  Bool: equalsIgnoringCase,
};

/** A key that the request does not have fails every operator, except under `ForAllValues`. */
function conditionHolds({ Condition }: PolicyStatement, { context }: AccessRequest): boolean {
  return Object.entries(Condition).every(([operator, keys]) => {
    const forAll = operator.startsWith('ForAllValues:');
    const compare = OPERATORS[operator.replace(/^For(All|Any)Values:/, '')];
    if (compare === undefined) throw new Error(`The condition operator ${operator} is not known here.`);
    return Object.entries(keys).every(([key, patterns]) => {
      const values = context[key] ?? [];
      const matches = (value: string) => patterns.some((pattern) => compare(value, pattern));
      return forAll ? values.every(matches) : values.some(matches);
    });
  });
}
