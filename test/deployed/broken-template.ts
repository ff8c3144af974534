// A synthesized stack with one thing in its template changed, as a mistake in the app could have changed it.
import type { SynthesizedStack } from './synthesize.ts';
import { parseValue, type Template, type TemplateObject, type TemplateValue } from './template.ts';

type Resources = Template['Resources'];

/** Of the one resource of this type whose logical id begins with `idPrefix`, after the construct's own id. */
export function withProperty(
  stack: SynthesizedStack,
  type: string,
  idPrefix: string,
  path: readonly string[],
  change: (value: TemplateValue | undefined) => TemplateValue | undefined,
): SynthesizedStack {
  const id = onlyResource(stack, type, idPrefix);
  return withResources(stack, (resources) => {
    const resource = resources[id];
    if (resource === undefined) throw new TypeError(`${id} has just been found`);
    return { ...resources, [id]: { ...resource, Properties: changedAt(resource.Properties, path, change) } };
  });
}

export function withoutResource(stack: SynthesizedStack, type: string, idPrefix: string): SynthesizedStack {
  const id = onlyResource(stack, type, idPrefix);
  return withResources(stack, (resources) =>
    Object.fromEntries(Object.entries(resources).filter(([key]) => key !== id)),
  );
}

/** Replaces a text wherever it stands within the value. */
export function replacing(text: string, other: string): (value: TemplateValue | undefined) => TemplateValue {
  return (value) => {
    const json = JSON.stringify(value) ?? '';
    if (!json.includes(text)) throw new Error(`"${text}" is not where it was to be replaced.`);
    return parseValue(json.replaceAll(text, other));
  };
}

function withResources(
  stack: SynthesizedStack,
  change: (resources: Resources) => Resources,
): SynthesizedStack {
  return { ...stack, template: { ...stack.template, Resources: change(stack.template.Resources) } };
}

function onlyResource({ template }: SynthesizedStack, type: string, idPrefix: string): string {
  const ids = Object.entries(template.Resources)
    .filter(([id, resource]) => resource.Type === type && id.startsWith(`BudgetAlerts${idPrefix}`))
    .map(([id]) => id);
  const [id, ...others] = ids;
  if (id === undefined || others.length > 0) {
    throw new Error(`There are ${ids.length} resources of type ${type} whose ids begin with ${idPrefix}.`);
  }
  return id;
}

function changedAt(
  value: TemplateObject,
  [key, ...rest]: readonly string[],
  change: (value: TemplateValue | undefined) => TemplateValue | undefined,
): TemplateObject {
  if (key === undefined) throw new Error('A path has at least one key.');
  const next = rest.length === 0 ? change(value[key]) : changedAt(objectAt(value, key), rest, change);
  const { [key]: _, ...others } = value;
  return next === undefined ? others : { ...others, [key]: next };
}

function objectAt(value: TemplateObject, key: string): TemplateObject {
  const part = value[key];
  if (typeof part !== 'object' || part === null || Array.isArray(part)) {
    throw new Error(`There is no object ${key} in the template where one was to be changed.`);
  }
  return part as TemplateObject;
}
