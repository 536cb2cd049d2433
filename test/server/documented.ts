/** Holds answers of the API to its OpenAPI document. */
import { Ajv2020 } from 'ajv/dist/2020.js';

export type Json = Readonly<Record<string, unknown>>;

interface Operation {
  readonly responses: Readonly<Record<string, { readonly content?: Json }>>;
}

export interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Json };
}

/** An answer, read. */
export interface Answered {
  readonly status: number;
  readonly contentType: string | undefined;
  readonly body: string;
}

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Lets no object have a field that is not documented: what is kept must not leak into answers. */
const closed = (schema: unknown, isPart = false): unknown => {
  if (Array.isArray(schema)) return schema.map((one) => closed(one, isPart));
  if (!isObject(schema)) return schema;
  const entries = Object.entries(schema).map(([name, value]) => [
    name,
    name === 'example' ? value : closed(value, name === 'allOf'),
  ]);
  const isClosed = !isPart && ('properties' in schema || 'allOf' in schema);
  return {
    ...(Object.fromEntries(entries) as Json),
    ...(isClosed && !('additionalProperties' in schema) ? { unevaluatedProperties: false } : {}),
  };
};

/** Schemas that stand as parts of others are open there, so parts are put in place of references. */
const inlined = (schema: unknown, schemas: Json): unknown => {
  if (Array.isArray(schema)) return schema.map((one) => inlined(one, schemas));
  if (!isObject(schema)) return schema;
  const reference = schema['$ref'];
  if (typeof reference === 'string') {
    return inlined(schemas[reference.replace('#/components/schemas/', '')], schemas);
  }
  return Object.fromEntries(
    Object.entries(schema).map(([name, value]) => [name, inlined(value, schemas)]),
  );
};

/** Makes what says how an answer differs from its description; undefined where it does not. */
export const createDocumented = ({ paths, components: { schemas } }: OpenApi) => {
  const ajv = new Ajv2020({ strict: false, allErrors: false });
  const validators = new Map<string, ReturnType<typeof ajv.compile>>();
  const validatorOf = (key: string, schema: unknown) => {
    const made = validators.get(key) ?? ajv.compile(closed(inlined(schema, schemas)) as Json);
    validators.set(key, made);
    return made;
  };
  return (
    path: string,
    method: string,
    { status, contentType, body }: Answered,
  ): string | undefined => {
    const item = paths[path] ?? {};
    const known = item[method.toLowerCase()] ?? (method === 'HEAD' ? item['get'] : undefined);
    // A method that the path has not got is described with each of those that it has.
    const response = (known ?? Object.values(item)[0])?.responses[status];
    if (response === undefined) return `status ${status} is not documented`;
    const { content } = response;
    if (content === undefined) return body === '' ? undefined : 'a body is not documented';
    const type = contentType?.split(';')[0] ?? 'none';
    const media = content[type];
    if (!isObject(media)) return `content type ${type} is not documented`;
    if (method === 'HEAD' || type !== 'application/json') return undefined;
    const validate = validatorOf(`${path} ${method} ${status}`, media['schema']);
    return validate(JSON.parse(body))
      ? undefined
      : `${status}: ${ajv.errorsText(validate.errors)} in ${body.slice(0, 500)}`;
  };
};
