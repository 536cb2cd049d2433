/** The pictures, and what is said of a wrong scenario, for who chose Spanish. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chooseLanguage } from '../../../language/choose.js';
import { createPolicy } from '../../../simulator/core/policy.js';
import { renderHtml } from '../../../simulator/virtual/picture/html.js';
import { renderPlot } from '../../../simulator/virtual/picture/plot.js';
import { renderSvg } from '../../../simulator/virtual/picture/svg.js';
import { simulate } from '../../../simulator/virtual/simulate.js';
import type { Scenario } from '../../../simulator/virtual/scenario.js';
import { play, shipped } from './runs.js';

beforeAll(() => chooseLanguage('es'));
afterAll(() => chooseLanguage('en'));

const page = async (...args: Parameters<typeof play>): Promise<string> => {
  const { timeline, result } = await play(...args);
  return renderHtml(timeline, result, { chartScript: '', chartStyle: '' });
};

/** A page that were still in English would have one of these. */
const ENGLISH =
  /\b(?:the|of|was|failed|disabled|enabled|missed|dropped|attempts|(?<!GET \/)events|window|share|retry|rows)\b/;

/** What is read: texts and labels. */
const readIn = (html: string): string =>
  html
    .replaceAll(/<style>.*?<\/style>|<script.*?<\/script>/gs, '')
    .replaceAll(/<[^>]*>/g, (tag) => ` ${/aria-label="([^"]*)"/.exec(tag)?.[1] ?? ''} `);

describe('in Spanish', () => {
  test.each(['total-outage', 'recovery-drill', 'one-of-two-hooks'])(
    'the page of %s says nothing in English',
    async (name) => {
      const html = await page(shipped(name), { accounts: 2 });
      expect(html).toContain('<html lang="es">');
      expect(html).toContain('Qué resultó');
      expect(ENGLISH.exec(readIn(html).replaceAll(name, ''))).toBeNull();
    },
  );

  test('its script and its data are in Spanish too', async () => {
    const html = await page(shipped('recovery-drill'));
    expect(html).toContain('["Tiempo","Evento","Intento","Resultado"');
    expect(html).toContain('"Aquí no hay intentos."');
    expect(html).toContain('"disabled","desactivado por la regla: 113 de 141 fallaron');
    expect(html).toContain('"correo a creator@example.com y owner@example.com"');
  });

  test('the SVG leaves out what the page says of rows', async () => {
    const { timeline, result } = await play(shipped('recovery-drill'), {}, { rowsMax: 20 });
    expect(renderHtml(timeline, result, { chartScript: '', chartStyle: '' })).toContain('filas de');
    const svg = renderSvg(timeline, result);
    expect(svg).not.toContain('filas de');
    expect(ENGLISH.exec(readIn(svg))).toBeNull();
  });

  test('the plot fits its columns', async () => {
    const { timeline, result } = await play(shipped('recovery-drill'));
    const lines = renderPlot(timeline, result, { columns: 60 }).split('\n');
    for (const line of lines) expect(Array.from(line).length).toBeLessThanOrEqual(60);
    expect(lines.filter((line) => /^ *(?:100 %┤|fallidos│|bien│)/.test(line))).toHaveLength(3);
    expect(new Set(lines.flatMap((line) => /^.*?[┤│└]/.exec(line)?.[0].length ?? []))).toEqual(
      new Set([9]),
    );
  });

  const burst = { kind: 'burst', at: 0, count: 1 };

  test.each([
    [[], 'el escenario: se esperaba un objeto, se encontró [] (lista)'],
    [
      { traffic: { ...burst, at: 'soon' } },
      'traffic.at: se esperaba un tiempo como "90s", "-1h" o "1h30m", o milisegundos enteros, se encontró "soon" (texto)',
    ],
    [
      { traffic: { ...burst, count: 0 } },
      'traffic.count: se esperaba un número >=1, se encontró 0 (número)',
    ],
    [
      { traffic: burst, hooks: [] },
      'hooks: se esperaba una lista de >=1 elementos, se encontró [] (lista)',
    ],
    [
      { traffic: burst, receiver: { kind: 'rejecting' } },
      'receiver.events: se esperaba un evento como "checks.finished" o "checks.*", o una lista de ellos, se encontró nada',
    ],
  ])('of the scenario %j is said what is wrong', async (scenario, message) => {
    await expect(simulate(scenario as Scenario)).rejects.toMatchObject({ message });
  });

  test('of a policy is said what was expected, though its checks were made before', () => {
    expect(() => createPolicy({ delaysMs: [-1] })).toThrow(
      'policy.delaysMs: se esperaba una lista, cada elemento un número entero de al menos 0, llegó [-1] (lista)',
    );
  });
});
