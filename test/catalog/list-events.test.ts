import { describe, expect, test } from 'vitest';
import { eventsAsJson, formatEvents } from '../../cli/commands/list-events.js';

describe('the list of events', () => {
  const lines = formatEvents().split('\n');

  test('has a header and a line for each event', () => {
    expect(lines).toHaveLength(46);
    expect(lines.slice(0, 2).map((line) => line.split(/ {2,}/))).toEqual([
      ['NAME', 'EVENT TYPE', 'SOURCE', 'PRODUCT'],
      ['checks.created', 'check', 'DOC', 'Checks'],
    ]);
  });

  test('is aligned, without spaces at the ends', () => {
    const columns = lines.map((line) => line.search(/(DOC|REF|OBS|INF|SOURCE)/));
    expect(new Set(columns).size).toBe(1);
    expect(lines.filter((line) => line !== line.trimEnd())).toEqual([]);
  });

  test('exists for programs', () => {
    const { events } = eventsAsJson() as { events: unknown[] };
    expect(events).toHaveLength(45);
    expect(events[0]).toEqual({
      name: 'checks.created',
      product: 'checks',
      product_title: 'Checks',
      action: 'created',
      event_type: 'check',
      event_type_source: 'DOC',
      shape_source: 'REF',
    });
  });
});
