// Draws what a run prints as docs/pictures/failing-run.svg, after `npm run build`: the picture of README.md. `--check`
// runs it again, and compares the words; times and ports differ from run to run.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const ROOT = join(import.meta.dirname, '..');
const PICTURE = join(ROOT, 'docs/pictures/failing-run.svg');
const COMMAND = "verify --demo=accepts-alg-none --only 'verification/alg-*' --seed 7";

const [CHARACTER, LINE, SIZE, EDGE] = [7.8, 18, 13, 16];
const ESCAPE = '\u001B[';
const CODE = new RegExp(String.raw`(\u001B\[\d+m)`);
const COLORS = { 31: '#ff8f88', 32: '#7ee787', 33: '#f2cc60', 36: '#79c0ff' };

const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });

const folder = mkdtempSync(join(tmpdir(), 'hookproof-terminal-'));
const args = COMMAND.replaceAll("'", '').split(' ');
const { status, stdout } = spawnSync(process.execPath, [join(ROOT, 'dist/cli/main.cjs'), ...args], {
  cwd: folder,
  encoding: 'utf8',
  env: { ...process.env, FORCE_COLOR: '1', NO_COLOR: undefined, LANG: 'C.UTF-8', COLUMNS: '80' },
});
rmSync(folder, { recursive: true });
if (status !== 1) throw new Error(`${COMMAND} ended with ${status}, not with 1`);

/** What differs from run to run, made equal. */
const leveled = (picture) =>
  picture.replaceAll(
    /127\.0\.0\.1:\d+|cases, [\d.]+ m?s|[\d.]+ m?s to settle|textLength="[\d.]+"/g,
    '',
  );

const escaped = (text) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Words of one style as texts of SVG, each at its column: a renderer may draw many spaces as one. */
const words = (text, column, row, { bold, dim, color }) =>
  [...text.matchAll(/\S+(?: \S+)*/g)]
    .map(({ 0: found, index }) => {
      const x = (EDGE + (column + index) * CHARACTER).toFixed(1);
      const marks = `${bold ? ' font-weight="bold"' : ''}${dim ? ' opacity="0.7"' : ''}`;
      const fill = color === undefined ? '' : ` fill="${color}"`;
      const length = (found.length * CHARACTER).toFixed(1);
      return `<text x="${x}" y="${EDGE + LINE * (row + 3)}" textLength="${length}"${fill}${marks}>${escaped(found)}</text>`;
    })
    .join('');

/** The style after a code of the terminal. */
const styleAfter = (style, code) => {
  if (code === '1') return { ...style, bold: true };
  if (code === '2') return { ...style, dim: true };
  if (code === '22') return { ...style, bold: false, dim: false };
  return { ...style, color: COLORS[code] };
};

const draw = (line, row) => {
  let [column, style, drawn] = [0, {}, ''];
  for (const part of line.split(CODE)) {
    const code = part.startsWith(ESCAPE) ? part.slice(ESCAPE.length, -1) : undefined;
    if (code === undefined) {
      drawn += words(part, column, row, style);
      column += part.length;
    } else style = styleAfter(style, code);
  }
  return drawn;
};

const lines = [`$ npx hookproof ${COMMAND}`, ...stdout.trimEnd().split('\n')];
const width = Math.ceil(2 * EDGE + 92 * CHARACTER);
const height = LINE * (lines.length + 3) + EDGE;
const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">
<title>A run that found a defect, in a terminal</title>
<rect width="${width}" height="${height}" rx="10" fill="#12181f"/>
<g fill="#3d4854"><circle cx="22" cy="20" r="6"/><circle cx="42" cy="20" r="6"/><circle cx="62" cy="20" r="6"/></g>
<g font-family="ui-monospace, 'Cascadia Mono', 'DejaVu Sans Mono', Menlo, Consolas, monospace" font-size="${SIZE}" fill="#e6edf3">
${lines.map(draw).join('\n')}
</g>
</svg>
`;

if (!values.check) writeFileSync(PICTURE, svg);
else {
  const drawn = new Set(leveled(readFileSync(PICTURE, 'utf8')).split('\n'));
  const differing = leveled(svg)
    .split('\n')
    .filter((line) => !drawn.has(line));
  if (differing.length > 0) {
    console.error(
      ['docs/pictures/failing-run.svg is stale: npm run pictures', ...differing].join('\n'),
    );
    process.exitCode = 1;
  }
}
