/** An e-mail as a list of blocks, and the two forms in which it is sent. */
import { escape } from './clean.js';

export type Block =
  | { readonly kind: 'title' | 'heading' | 'paragraph'; readonly text: string }
  | { readonly kind: 'facts'; readonly rows: readonly (readonly [string, string])[] }
  | { readonly kind: 'list' | 'steps'; readonly items: readonly string[] }
  | { readonly kind: 'link'; readonly label: string; readonly url: string }
  | { readonly kind: 'footer'; readonly text: string };

const isWeb = (url: string): boolean =>
  URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);

const asText = (block: Block): string => {
  switch (block.kind) {
    case 'title':
      return `${block.text}\n${'='.repeat(block.text.length)}`;
    case 'heading':
      return `${block.text}\n${'-'.repeat(block.text.length)}`;
    case 'paragraph':
      return block.text;
    case 'facts':
      return block.rows.map(([label, value]) => `${label}: ${value}`).join('\n');
    case 'list':
      return block.items.map((item) => `- ${item}`).join('\n');
    case 'steps':
      return block.items.map((item, index) => `${index + 1}. ${item}`).join('\n');
    case 'link':
      return `${block.label}:\n${block.url}`;
    case 'footer':
      return `-- \n${block.text}`;
  }
};

/** Neutral colours only, so that a dark reader may choose its own. */
const asHtml = (block: Block): string => {
  switch (block.kind) {
    case 'title':
      return `<h1 style="font-size:1.4em;line-height:1.3;margin:0 0 .7em">${escape(block.text)}</h1>`;
    case 'heading':
      return `<h2 style="font-size:1.1em;margin:1.6em 0 .4em">${escape(block.text)}</h2>`;
    case 'paragraph':
      return `<p style="margin:.6em 0">${escape(block.text)}</p>`;
    case 'facts':
      return `<dl style="margin:1em 0;padding-left:1em;border-left:3px solid #8a94a0">${block.rows
        .map(
          ([label, value]) =>
            `\n<dt style="opacity:.75">${escape(label)}</dt><dd style="margin:0 0 .5em">${escape(value)}</dd>`,
        )
        .join('')}\n</dl>`;
    case 'list':
      return `<ul style="margin:.4em 0;padding-left:1.4em">${itemsOf(block.items)}</ul>`;
    case 'steps':
      return `<ol style="margin:.4em 0;padding-left:1.4em">${itemsOf(block.items)}</ol>`;
    case 'link':
      return isWeb(block.url)
        ? `<p style="margin:1.6em 0"><a href="${escape(block.url)}" style="display:inline-block;padding:.6em 1.1em;border-radius:.4em;background:#0b5cad;color:#fff;text-decoration:none">${escape(block.label)}</a></p>`
        : `<p>${escape(block.label)}: ${escape(block.url)}</p>`;
    case 'footer':
      return `<p style="margin:2em 0 0;font-size:.85em;opacity:.75">${escape(block.text)}</p>`;
  }
};

const itemsOf = (items: readonly string[]): string =>
  items.map((item) => `\n<li>${escape(item)}</li>`).join('');

export const renderText = (blocks: readonly Block[]): string =>
  `${blocks.map(asText).join('\n\n')}\n`;

/** A whole document, which asks for nothing from outside. */
export const renderHtml = (
  blocks: readonly Block[],
  { language, subject }: { readonly language: string; readonly subject: string },
): string => `<!doctype html>
<html lang="${language}" style="color-scheme:light dark">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${escape(subject)}</title>
</head>
<body style="margin:0;padding:1.5em;font:16px/1.5 system-ui,sans-serif;overflow-wrap:anywhere">
<main style="max-width:36em;margin:0 auto">
${blocks.map(asHtml).join('\n')}
</main>
</body>
</html>
`;
