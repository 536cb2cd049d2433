/** The pictures as text: golden files, and what holds of any of them. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { renderHtml } from '../../../simulator/virtual/picture/html.js';
import { loadPageAssets } from '../../../cli/simulation/page-assets.js';
import { renderPlot } from '../../../simulator/virtual/picture/plot.js';
import { renderSvg } from '../../../simulator/virtual/picture/svg.js';
import { elementsOf, parseXml, parserMissing } from '../../report/xml.js';
import { type Played, awkward, deepFreeze, play, shipped } from './runs.js';

const assets = await loadPageAssets();

const draw = {
  svg: ({ timeline, result }: Played) => renderSvg(timeline, result),
  txt: ({ timeline, result }: Played) => renderPlot(timeline, result),
  html: ({ timeline, result }: Played) => renderHtml(timeline, result, assets),
};

const goldenOf = (name: string, format: string): URL =>
  new URL(`golden/${name}.${format}`, import.meta.url);

describe.each(['poison-event', 'total-outage', 'one-of-two-hooks', 'recovery-drill'])(
  'the picture of %s',
  async (name) => {
    const played = await play(shipped(name));

    test.each(['svg', 'txt'] as const)(
      'is the golden file as %s (UPDATE_GOLDEN=1 rewrites it)',
      (format) => {
        const text = draw[format](played);
        if (process.env['UPDATE_GOLDEN'] === '1') {
          mkdirSync(new URL('golden/', import.meta.url), { recursive: true });
          writeFileSync(goldenOf(name, format), text);
        }
        expect(text).toBe(readFileSync(goldenOf(name, format), 'utf8'));
      },
    );

    test.each(['svg', 'txt', 'html'] as const)(
      'as %s depends on nothing but the run, and leaves it as it was',
      (format) => {
        const copy = deepFreeze(structuredClone(played));
        expect(draw[format](copy)).toBe(draw[format](played));
      },
    );
  },
);

describe('names that try to leave their place', () => {
  const names = [
    '<script>alert(1)</script>',
    `"'&]]>\u202E\u0007\uFFFE`,
    '</text></svg>',
    '</SCRIPT ',
  ];

  test.each(names)('stay text in the page: %j', async (name) => {
    const html = draw.html(await play(awkward(name)));
    const plain = draw.html(await play(awkward('plain')));
    const tags = (text: string): number => text.match(/<\/?(?:script|text|svg)\b/gi)?.length ?? 0;
    expect(tags(html)).toBe(tags(plain));
    expect(html).not.toMatch(/[^\P{Cc}\n\t]/u);
  });

  test.skipIf(parserMissing !== undefined).each(names)('stay text in the SVG: %j', async (name) => {
    const svg = parseXml(draw.svg(await play(awkward(name))));
    expect(svg.name).toBe('{http://www.w3.org/2000/svg}svg');
    expect(elementsOf(svg, '{http://www.w3.org/2000/svg}script')).toEqual([]);
    const [title] = elementsOf(svg, '{http://www.w3.org/2000/svg}title');
    expect(title?.text.startsWith(name.slice(0, 3))).toBe(true);
  });

  test.each(names)('do not steer the terminal: %j', async (name) => {
    expect(draw.txt(await play(awkward(name)))).not.toMatch(/[^\P{Cc}\n]|\p{Cf}/u);
  });
});

describe('the SVG', () => {
  test.skipIf(parserMissing !== undefined)('describes itself to who cannot see it', async () => {
    const played = await play(shipped('total-outage'));
    const svg = parseXml(draw.svg(played));
    const [desc] = elementsOf(svg, '{http://www.w3.org/2000/svg}desc');
    expect(desc?.text).toContain(played.result.sentence);
    expect(svg.attributes['role']).toBe('img');
  });

  test('asks for nothing from anywhere', async () => {
    const text = draw.svg(await play(shipped('recovery-drill')));
    const addresses = text.match(/https?:[^"]*|url\([^)]*\)|@import|href/g) ?? [];
    expect(new Set(addresses)).toEqual(new Set(['http://www.w3.org/2000/svg', 'url(#hatch)']));
  });

  test('does not grow with the run', async () => {
    const scenario = shipped('deploy-every-10-min');
    const long = await play(scenario, { parameters: { until: '30d' } });
    expect(long.result.totals.attempts).toBeGreaterThan(400_000);
    expect(draw.svg(long).length).toBeLessThan(60_000);
    expect(draw.html(long).length).toBeLessThan(1_500_000);
  });

  test('says which hooks it does not show', async () => {
    const many = await play(shipped('one-of-two-hooks'), { accounts: 50 });
    expect(draw.svg(many)).toContain('96 of 100 hooks are not shown');
    expect(draw.txt(many)).toContain('96 of 100 hooks are not shown');
    expect(draw.html(many)).toContain('88 of 100 hooks are not shown');
  });
});

describe('the plot', () => {
  test.each([40, 80, 133])('fits %i columns', async (columns) => {
    for (const name of ['total-outage', 'recovery-drill', 'flapping']) {
      const { timeline, result } = await play(shipped(name));
      const lines = renderPlot(timeline, result, { columns }).split('\n');
      for (const line of lines) expect(Array.from(line).length).toBeLessThanOrEqual(columns);
    }
  });

  test('has the same text when it is painted', async () => {
    const { timeline, result } = await play(shipped('recovery-drill'));
    const parts = new Set<string>();
    const painted = renderPlot(timeline, result, {
      paint: (part, text) => {
        parts.add(part);
        return `⟦${text}⟧`;
      },
    });
    const plain = painted.replaceAll(/[⟦⟧]/g, '');
    const squeezed = (text: string): string => text.replaceAll(/ +$/gm, '');
    expect(squeezed(plain)).toBe(squeezed(renderPlot(timeline, result)));
    expect(parts).toEqual(
      new Set(['title', 'line', 'threshold', 'disabled', 'failed', 'good', 'quiet']),
    );
  });

  test('marks the threshold and the disabling', async () => {
    const text = draw.txt(await play(shipped('total-outage')));
    expect(text).toMatch(/80 %┤╌/);
    expect(text).toContain('▼ disabled 31m by the rule: 113 of 141 failed, 80.14 %, e-mail sent');
  });
});

describe('a run in which nothing happened', () => {
  const nothing = play({ ...shipped('poison-event'), until: '-1h' });

  test.each(['svg', 'txt', 'html'] as const)('has a picture as %s all the same', async (format) => {
    const text = draw[format](await nothing);
    const [drawn = ''] = text.split('<script>');
    expect(drawn.length).toBeGreaterThan(100);
    expect(drawn).not.toMatch(/NaN|Infinity|undefined/);
  });
});
