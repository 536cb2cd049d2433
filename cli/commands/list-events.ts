import { pairs, products } from '../../simulator/index.js';

const header = ['NAME', 'EVENT TYPE', 'SOURCE', 'PRODUCT'];

/**
 * The 45 events as an aligned table: name, `event_type`, where that string comes from, product.
 * One line an event under a header, without a final newline.
 */
export const formatEvents = (): string => {
  const rows = [
    header,
    ...pairs.map((pair) => [pair.name, pair.eventType, pair.eventTypeSource, pair.productTitle]),
  ];
  const widths = header.map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
};

/** The same for programs; `shape_source` says where the fields of the event's object come from. */
export const eventsAsJson = (): unknown => ({
  events: pairs.map((pair) => ({
    name: pair.name,
    product: pair.product,
    product_title: pair.productTitle,
    action: pair.action,
    event_type: pair.eventType,
    event_type_source: pair.eventTypeSource,
    shape_source: products.find(({ slug }) => slug === pair.product)?.shapeSource,
  })),
});
