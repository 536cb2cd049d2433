/** The looks of the SVG: its own ground, so that it can be read wherever it stands. */
import type { colors } from '../palette.js';

/** Without variables, which not every program that draws SVG knows. */
const looks = (
  [page, edge, text, quiet, grid, limit]: readonly string[],
  outcomes: Readonly<Record<string, string>>,
): string =>
  [
    `.page{fill:${page};stroke:${edge}}`,
    `text{fill:${text}}.quiet{fill:${quiet}}.limit{fill:${limit}}.halo{stroke:${page}}`,
    `.grid{stroke:${grid}}.axis{stroke:${quiet}}`,
    `.share{stroke:${text}}.early{stroke:${quiet}}.threshold{stroke:${limit}}`,
    `.shade{fill:${quiet}}.hatch{stroke:${quiet}}`,
    `.disabled{fill:${limit};stroke:${limit}}.enabled{fill:${outcomes['good2']};stroke:${outcomes['good2']}}.polled{fill:${outcomes['good0']}}.mail{stroke:${text}}`,
    `.missed{stroke:${quiet}}`,
    ...Object.entries(outcomes).map(([name, color]) => `.${name}{fill:${color}}`),
  ].join('');

const COMMON = [
  'text{font:12px system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",Arial,sans-serif}',
  '.title{font-size:17px;font-weight:600}.hook{font-size:14px;font-weight:600}.limit{font-weight:600}',
  '.halo{stroke-width:4px;stroke-linejoin:round;paint-order:stroke}',
  '.grid,.axis{stroke-width:1}.share{fill:none;stroke-width:2;stroke-linejoin:round;stroke-linecap:round}',
  '.early{stroke-width:2.5;stroke-dasharray:0.5 5}.threshold{stroke-width:1.5;stroke-dasharray:7 4}',
  '.shade{fill-opacity:.1}.hatch{stroke-width:1.2;stroke-opacity:.35}.line{stroke-width:1.5}',
  '.mail{fill:none;stroke-width:1.2}.missed{fill:none;stroke-width:.8}',
].join('');

const LIGHT = ['#ffffff', '#d9dee5', '#1b1f24', '#5b6470', '#e6e9ed', '#b42318'];
const DARK = ['#14171b', '#2f363f', '#e6e9ed', '#9aa4b1', '#272d35', '#ff8a7a'];

export const svgStyle = (outcomes: typeof colors): string => {
  const of = (ground: 'light' | 'dark'): Readonly<Record<string, string>> =>
    Object.fromEntries(Object.entries(outcomes).map(([name, both]) => [name, both[ground]]));
  return `${COMMON}${looks(LIGHT, of('light'))}@media(prefers-color-scheme:dark){${looks(DARK, of('dark'))}}`;
};
