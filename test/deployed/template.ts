// A CloudFormation template as it was synthesized, before anything in it is resolved.
import * as v from 'valibot';

/** A template's value; where it is an object with one key such as `Ref` or `Fn::Join`, it stands for another value. */
export type TemplateValue =
  | string
  | number
  | boolean
  | null
  | readonly TemplateValue[]
  | { readonly [key: string]: TemplateValue };

export type TemplateObject = { readonly [key: string]: TemplateValue };

const valueSchema: v.GenericSchema<unknown, TemplateValue> = v.lazy(() =>
  v.union([
    v.string(),
    v.number(),
    v.boolean(),
    v.null(),
    v.array(valueSchema),
    v.record(v.string(), valueSchema),
  ]),
);
const objectSchema = v.record(v.string(), valueSchema);

const templateSchema = v.object({
  Parameters: v.optional(v.record(v.string(), objectSchema), {}),
  Conditions: v.optional(objectSchema, {}),
  Resources: v.record(
    v.string(),
    v.looseObject({
      Type: v.string(),
      Condition: v.optional(v.string()),
      Properties: v.optional(objectSchema, {}),
    }),
  ),
  Outputs: v.optional(v.record(v.string(), v.looseObject({ Value: valueSchema })), {}),
});

export type Template = v.InferOutput<typeof templateSchema>;

export function parseTemplate(json: string): Template {
  return v.parse(templateSchema, JSON.parse(json));
}

export function parseValue(json: string): TemplateValue {
  return v.parse(valueSchema, JSON.parse(json));
}
