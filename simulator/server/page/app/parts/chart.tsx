import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import { formatTick } from '../format/time.js';

const HEIGHT = 180;

const colourOf = (element: HTMLElement, name: string): string => {
  const probe = document.createElement('span');
  probe.style.color = `var(${name})`;
  element.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
};

const draw = (
  place: HTMLElement,
  data: uPlot.AlignedData,
  line: number,
  windowSeconds: number,
): uPlot => {
  const [accent, bad, quiet, grid] = ['--accent', '--bad', '--quiet', '--line'].map((name) =>
    colourOf(place, name),
  );
  const axis = {
    stroke: quiet ?? '',
    grid: { stroke: grid ?? '', width: 1 },
    font: '12px system-ui',
  };
  return new uPlot(
    {
      width: Math.max(240, place.clientWidth),
      height: HEIGHT,
      legend: { show: false },
      cursor: { y: false, drag: { x: true, y: false } },
      scales: {
        // One point alone has no span of its own.
        x: {
          range: (_, min, max) =>
            min === max ? [min - windowSeconds / 2, max + windowSeconds / 2] : [min, max],
        },
        y: { range: [0, 100] },
      },
      axes: [
        {
          ...axis,
          values: (_, ticks, __, ___, stepSeconds) =>
            ticks.map((tick) => formatTick(tick * 1000, stepSeconds * 1000)),
        },
        { ...axis, size: 48, values: (_, ticks) => ticks.map((tick) => `${tick}%`) },
      ],
      series: [
        {},
        { stroke: accent ?? '', width: 2, points: { show: (data[0]?.length ?? 0) < 80, size: 5 } },
      ],
      hooks: {
        draw: [
          (chart) => {
            const { ctx, bbox } = chart;
            const y = chart.valToPos(line, 'y', true);
            ctx.save();
            ctx.strokeStyle = bad ?? '';
            ctx.setLineDash([6, 4]);
            ctx.beginPath();
            ctx.moveTo(bbox.left, y);
            ctx.lineTo(bbox.left + bbox.width, y);
            ctx.stroke();
            ctx.restore();
          },
        ],
      },
    },
    data,
    place,
  );
};

/** The share of failures after each attempt, and the line of the rule; the words are beside it. */
export const ShareChart = ({
  seconds,
  shares,
  line,
  windowMs,
  caption,
}: {
  readonly seconds: readonly number[];
  readonly shares: readonly number[];
  readonly line: number;
  readonly windowMs: number;
  readonly caption: string;
}): JSX.Element => {
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot | undefined>(undefined);
  const data: uPlot.AlignedData = [[...seconds], [...shares]];
  const latest = useRef(data);
  latest.current = data;

  useLayoutEffect(() => {
    const element = place.current;
    if (element === null) return undefined;
    const renew = (): void => {
      chart.current?.destroy();
      chart.current = draw(element, latest.current, line, windowMs / 1000);
    };
    renew();
    const dark = matchMedia('(prefers-color-scheme: dark)');
    const sizes = new ResizeObserver(() =>
      chart.current?.setSize({ width: Math.max(240, element.clientWidth), height: HEIGHT }),
    );
    sizes.observe(element);
    dark.addEventListener('change', renew);
    addEventListener('hookproof-theme', renew);
    return () => {
      sizes.disconnect();
      dark.removeEventListener('change', renew);
      removeEventListener('hookproof-theme', renew);
      chart.current?.destroy();
      chart.current = undefined;
    };
  }, [line, windowMs]);

  const last = `${seconds.length} ${seconds.at(-1) ?? ''} ${shares.at(-1) ?? ''}`;
  useEffect(() => chart.current?.setData(latest.current), [last]);

  return (
    <figure class="chart">
      <div ref={place} aria-hidden="true" />
      <figcaption class="quiet">{caption}</figcaption>
    </figure>
  );
};
