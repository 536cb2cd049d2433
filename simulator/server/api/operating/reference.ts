/** The reference: the OpenAPI document as a page to read. */
import { escapeHtml, pageOf } from './html.js';

interface Media {
  readonly schema?: unknown;
}

interface Operation {
  readonly summary?: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly parameters?: readonly {
    readonly name?: string;
    readonly in?: string;
    readonly required?: boolean;
    readonly description?: string;
    readonly schema?: unknown;
  }[];
  readonly requestBody?: { readonly content?: Readonly<Record<string, Media>> };
  readonly responses?: Readonly<
    Record<
      string,
      { readonly description?: string; readonly content?: Readonly<Record<string, Media>> }
    >
  >;
}

/** As much of an OpenAPI document as the page shows. */
export interface ReferenceDocument {
  readonly info: { readonly title: string; readonly description?: string };
  readonly paths?: unknown;
  readonly components?: { readonly schemas?: unknown };
}

const code = (value: unknown): string =>
  `<pre><code>${escapeHtml(JSON.stringify(value, null, 2))}</code></pre>`;

const contentOf = (content: Readonly<Record<string, Media>> | undefined): string =>
  Object.entries(content ?? {})
    .map(([type, { schema }]) => `<p><code>${escapeHtml(type)}</code></p>${code(schema)}`)
    .join('');

const parametersOf = ({ parameters = [] }: Operation): string =>
  parameters.length === 0
    ? ''
    : `<table>${parameters
        .map(
          ({ name = '', in: place = '', required = false, description = '', schema }) =>
            `<tr><th><code>${escapeHtml(name)}</code></th><td>${escapeHtml(place)}${required ? ', required' : ''}</td><td>${escapeHtml(description)} <code>${escapeHtml(JSON.stringify(schema))}</code></td></tr>`,
        )
        .join('')}</table>`;

const operationOf = (method: string, path: string, operation: Operation): string => {
  const answers = Object.entries(operation.responses ?? {}).map(
    ([status, { description = '', content }]) =>
      `<details><summary><b>${status}</b> ${escapeHtml(description)}</summary>${contentOf(content)}</details>`,
  );
  const { description, requestBody } = operation;
  return `<details><summary><b>${method.toUpperCase()}</b> <code>${escapeHtml(path)}</code> ${escapeHtml(operation.summary ?? '')}</summary>
${description === undefined ? '' : `<p>${escapeHtml(description)}</p>`}${parametersOf(operation)}
${requestBody === undefined ? '' : `<h4>Body</h4>${contentOf(requestBody.content)}`}<h4>Answers</h4>${answers.join('')}</details>`;
};

export const referencePage = ({ info, paths, components }: ReferenceDocument): string => {
  const byTag = new Map<string, string[]>();
  for (const [path, item] of Object.entries(paths ?? {})) {
    for (const [method, operation] of Object.entries(item as Readonly<Record<string, Operation>>)) {
      const tag = operation.tags?.[0] ?? 'Other';
      byTag.set(tag, [...(byTag.get(tag) ?? []), operationOf(method, path, operation)]);
    }
  }
  const sections = [...byTag].map(
    ([tag, operations]) => `<h2>${escapeHtml(tag)}</h2>${operations.join('\n')}`,
  );
  const schemas = Object.entries(components?.schemas ?? {}).map(
    ([name, schema]) =>
      `<details><summary><code>${escapeHtml(name)}</code></summary>${code(schema)}</details>`,
  );
  return pageOf(
    info.title,
    `<h1>${escapeHtml(info.title)}</h1><p>${escapeHtml(info.description ?? '')}</p>
<p><a href="/openapi.json">As OpenAPI 3.1</a></p>${sections.join('')}<h2>Schemas</h2>${schemas.join('')}`,
  );
};
