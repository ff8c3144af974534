// Resolves a template as CloudFormation does when it deploys it: conditions, intrinsic functions, names and ARNs.
import * as v from 'valibot';
import { ACCOUNT_ID, arnOf, kindOf, type PhysicalId, REGION } from './physical-ids.ts';
import type { Template, TemplateObject, TemplateValue } from './template.ts';

export interface Resource {
  readonly logicalId: string;
  readonly type: string;
  readonly ref: string;
  readonly arn: string | null;
  readonly properties: TemplateObject;
}

export interface ResolvedStack {
  readonly name: string;
  readonly resources: readonly Resource[];
  readonly outputs: Readonly<Record<string, string>>;
}

const NO_VALUE = Symbol('AWS::NoValue');
type Resolved = TemplateValue | typeof NO_VALUE;

/** Lambda's and IAM's limit. */
const MAX_NAME_CHARACTERS = 64;

/** @throws where the template holds something whose meaning is not known here, rather than to guess it */
export function resolveTemplate(template: Template, stackName: string): ResolvedStack {
  const ids = new Map<string, PhysicalId>();
  const pseudo: Readonly<Record<string, Resolved>> = {
    'AWS::AccountId': ACCOUNT_ID,
    'AWS::Region': REGION,
    'AWS::Partition': 'aws',
    'AWS::URLSuffix': 'amazonaws.com',
    'AWS::StackName': stackName,
    'AWS::StackId': arnOf('cloudformation', `stack/${stackName}/00000000-0000-0000-0000-000000000000`),
    'AWS::NoValue': NO_VALUE,
  };

  function idOf(logicalId: string): PhysicalId {
    const known = ids.get(logicalId);
    if (known !== undefined) return known;
    const resource = template.Resources[logicalId];
    if (resource === undefined) throw new Error(`The template refers to ${logicalId}, which is not in it.`);
    if (!exists(resource.Condition))
      throw new Error(`${logicalId} is referred to, but its condition is false.`);
    const kind = kindOf(resource.Type);
    if (kind === null) throw new Error(`What Ref and GetAtt give for ${resource.Type} is not known here.`);
    const own = (property: string): string => {
      const value = resource.Properties[property];
      return value === undefined ? '' : textOf(resolve(value));
    };
    const made = `${stackName}-${logicalId}`.slice(-MAX_NAME_CHARACTERS);
    const parent = kind.parentProperty === undefined ? '' : own(kind.parentProperty);
    const id = kind.idOf(own(kind.nameProperty) || made, parent);
    ids.set(logicalId, id);
    return id;
  }

  function ref(name: string): Resolved {
    const value = pseudo[name];
    if (value !== undefined) return value;
    const parameter = template.Parameters[name];
    if (parameter === undefined) return idOf(name).ref;
    if (parameter.Default === undefined || parameter.Type !== 'String') {
      throw new Error(`The parameter ${name} has no default that could be taken as it stands.`);
    }
    return parameter.Default;
  }

  function attribute(logicalId: string, name: string): string {
    const value = idOf(logicalId).attributes[name];
    if (value === undefined) throw new Error(`The attribute ${logicalId}.${name} is not known here.`);
    return value;
  }

  function substituted(text: string, variables: TemplateObject): string {
    return text.replace(/\$\{([^}]+)\}/g, (_, key: string) => {
      if (key.startsWith('!')) return `\${${key.slice(1)}}`;
      const variable = variables[key];
      if (variable !== undefined) return textOf(resolve(variable));
      const dot = key.indexOf('.');
      return dot < 0 ? textOf(ref(key)) : attribute(key.slice(0, dot), key.slice(dot + 1));
    });
  }

  function exists(condition: string | undefined): boolean {
    if (condition === undefined) return true;
    const value = template.Conditions[condition];
    if (value === undefined) throw new Error(`The template has no condition ${condition}.`);
    return resolve(value) === true;
  }

  const functions: Readonly<Record<string, (argument: TemplateValue) => Resolved>> = {
    Ref: (name) => ref(textOf(name)),
    Condition: (name) => exists(textOf(name)),
    'Fn::GetAtt': (argument) => {
      const [logicalId = '', name = ''] =
        typeof argument === 'string' ? argument.split('.') : textsOf(argument);
      return attribute(logicalId, name);
    },
    'Fn::Join': (argument) => {
      const [separator, parts] = pairOf(argument);
      return textsOf(resolve(parts)).join(textOf(separator));
    },
    'Fn::Split': (argument) => {
      const [separator, text] = pairOf(argument);
      return textOf(resolve(text)).split(textOf(separator));
    },
    'Fn::Select': (argument) => {
      const [index, list] = pairOf(argument);
      const value = listOf(resolve(list))[Number(textOf(resolve(index)))];
      if (value === undefined) throw new Error('Fn::Select has no such element.');
      return value;
    },
    'Fn::Sub': (argument) => {
      if (typeof argument === 'string') return substituted(argument, {});
      const [text, variables] = pairOf(argument);
      return substituted(textOf(text), objectOf(variables));
    },
    'Fn::If': (argument) => {
      const [condition, then, otherwise] = listOf(argument);
      if (then === undefined || otherwise === undefined) throw new Error('Fn::If needs three arguments.');
      return resolve(exists(textOf(condition ?? null)) ? then : otherwise);
    },
    'Fn::Equals': (argument) => {
      const [left, right] = pairOf(argument);
      return resolve(left) === resolve(right);
    },
    'Fn::Not': (argument) => !listOf(argument).every((part) => resolve(part) === true),
    'Fn::And': (argument) => listOf(argument).every((part) => resolve(part) === true),
    'Fn::Or': (argument) => listOf(argument).some((part) => resolve(part) === true),
  };

  function resolve(value: TemplateValue): Resolved {
    if (typeof value !== 'object' || value === null) return value;
    if (isList(value)) return value.map(resolve).filter((part) => part !== NO_VALUE);
    const [key = '', ...others] = Object.keys(value);
    const argument = value[key];
    const intrinsic = functions[key];
    // `Condition` is also the name of an ordinary property, of policy statements for one.
    if (argument !== undefined && others.length === 0 && intrinsic !== undefined) {
      if (key !== 'Condition' || typeof argument === 'string') return intrinsic(argument);
    }
    if (key.startsWith('Fn::')) throw new Error(`The intrinsic function ${key} is not known here.`);
    return propertiesOf(value);
  }

  function propertiesOf(value: TemplateObject): TemplateObject {
    const resolved: [string, TemplateValue][] = [];
    for (const [key, part] of Object.entries(value)) {
      const result = resolve(part);
      if (result !== NO_VALUE) resolved.push([key, result]);
    }
    return Object.fromEntries(resolved);
  }

  const resources = Object.entries(template.Resources)
    .filter(([, { Condition }]) => exists(Condition))
    .map(([logicalId, { Type, Properties }]): Resource => {
      const { ref, arn } = kindOf(Type) === null ? { ref: logicalId, arn: null } : idOf(logicalId);
      return { logicalId, type: Type, ref, arn, properties: propertiesOf(Properties) };
    });
  const outputs = Object.entries(template.Outputs).map(([key, { Value }]) => [key, textOf(resolve(Value))]);
  return { name: stackName, resources, outputs: Object.fromEntries(outputs) };
}

/** Each with its properties as `schema` reads them. */
export function resourcesOf<Properties>(
  stack: ResolvedStack,
  types: readonly string[],
  schema: v.GenericSchema<unknown, Properties>,
): (Omit<Resource, 'properties' | 'arn'> & { readonly arn: string; readonly properties: Properties })[] {
  return stack.resources
    .filter(({ type }) => types.includes(type))
    .map((resource) => {
      const parsed = v.safeParse(schema, resource.properties);
      if (!parsed.success) {
        const issues = parsed.issues.map((issue) => `${v.getDotPath(issue) ?? ''}: ${issue.message}`);
        throw new Error(`${resource.logicalId} (${resource.type}) is not as expected: ${issues.join('; ')}`);
      }
      return { ...resource, arn: resource.arn ?? '', properties: parsed.output };
    });
}

function isList(value: TemplateValue): value is readonly TemplateValue[] {
  return Array.isArray(value);
}

function textOf(value: Resolved): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new Error(`A text was expected instead of ${JSON.stringify(value)}.`);
}

function listOf(value: Resolved): readonly TemplateValue[] {
  if (typeof value === 'object' && value !== null && isList(value)) return value;
  throw new Error(`A list was expected instead of ${JSON.stringify(value)}.`);
}

function textsOf(value: Resolved): string[] {
  return listOf(value).map(textOf);
}

function pairOf(value: TemplateValue): [TemplateValue, TemplateValue] {
  const [first, second] = listOf(value);
  if (first === undefined || second === undefined) throw new Error('Two arguments were expected.');
  return [first, second];
}

function objectOf(value: TemplateValue): TemplateObject {
  if (typeof value === 'object' && value !== null && !isList(value)) return value;
  throw new Error(`An object was expected instead of ${JSON.stringify(value)}.`);
}
