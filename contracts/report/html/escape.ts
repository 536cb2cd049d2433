import { visible } from '../console/page.js';

/** Text as HTML, in elements and in quoted attributes. */
export const escape = (text: string): string =>
  visible(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');

/** Code in a scrolling block that the keyboard can reach. */
export const codeBlock = (text: string, label: string): string =>
  `<pre tabindex="0" aria-label="${escape(label)}"><code>${text
    .split('\n')
    .map(escape)
    .join('\n')}</code></pre>`;
