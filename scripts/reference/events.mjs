// The page of events.
import { pairs, products } from '../../dist/simulator/index.js';
import { groupBy, table } from './text.mjs';

const shapeOf = (slug) => products.find((one) => one.slug === slug)?.shapeSource;

export const eventPage = () => ({
  'events.md': `# Events

Hooks send ${pairs.length} events of ${products.length} products. That they exist is documented (DOC); where the text of
\`event_type\` and the fields of \`object\` come from is told for each: DOC, REF, OBS or INF, as
[assumptions](../assumptions.md) explains. \`npx hookproof list events --json\` has the same for scripts, and
\`fixtures/events\` a whole event of each.

${groupBy(pairs, ({ product }) => product)
  .map(
    ([slug, events]) => `## ${events[0].productTitle}

\`event_type\` is \`${events[0].eventType}\` (${events[0].eventTypeSource}); the fields of its object: ${shapeOf(slug)}.

${table(
  ['name', 'product', 'event_action', 'event_type'],
  events.map((event) => [
    `\`${event.name}\``,
    `\`${event.product}\``,
    `\`${event.action}\``,
    `\`${event.eventType}\` (${event.eventTypeSource})`,
  ]),
)}
`,
  )
  .join('\n')}`,
});
