// Decides, as IAM would, whether a policy document lets a request pass: a Deny that applies, or no Allow, is a no.
export interface IamRequest {
  /** `cloudwatch.amazonaws.com` */
  readonly service: string;
  readonly action: string;
  readonly resource: string;
  /** Condition keys of the request, `aws:SourceAccount` and so on. */
  readonly context: Readonly<Record<string, string>>;
}

export interface Statement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Principal?: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

export interface PolicyDocument {
  readonly Statement: readonly Statement[];
}

export function passes(policy: PolicyDocument, request: IamRequest): boolean {
  const applying = policy.Statement.filter((statement) => applies(statement, request));
  return applying.length > 0 && applying.every(({ Effect }) => Effect === 'Allow');
}

export function listOf<T>(value: T | readonly T[] | undefined): readonly T[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value as T];
}

function applies(statement: Statement, { service, action, resource, context }: IamRequest): boolean {
  return (
    isPrincipal(statement.Principal, service) &&
    listOf(statement.Action).some((pattern) => matches(pattern, action)) &&
    listOf(statement.Resource).some((pattern) => matches(pattern, resource)) &&
    Object.entries(statement.Condition ?? {}).every(([operator, keys]) =>
      Object.entries(keys).every(([key, wanted]) =>
        listOf(wanted).some((each) => holds(operator, each, context[key])),
      ),
    )
  );
}

function isPrincipal(principal: unknown, service: string): boolean {
  if (principal === '*') return true;
  const { AWS, Service } = principal as { readonly AWS?: string; readonly Service?: string | string[] };
  return AWS === '*' || listOf(Service).includes(service);
}

function holds(operator: string, wanted: string, actual: string | undefined): boolean {
  if (actual === undefined) return false;
  if (operator === 'StringEquals' || operator === 'Bool') return wanted === actual;
  if (operator === 'ArnLike' || operator === 'ArnEquals') return matches(wanted, actual);
  throw new Error(`The condition operator ${operator} is not understood here`);
}

function matches(pattern: string, text: string): boolean {
  const escaped = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${escaped}$`).test(text);
}
