/** The order in which the pages are offered. A test finds pages of docs/ that are missing here. */
import { decisions } from './decisions.mjs';

const page = (text, link) => ({ text, link });

export const sidebar = [
  {
    text: 'Start',
    items: [
      page('What it is', '/'),
      page('Getting started', '/getting-started'),
      page('What is assumed of Truora', '/assumptions'),
    ],
  },
  {
    text: 'Prove a receiver',
    items: [
      page('Verify', '/verify'),
      page('In CI', '/ci'),
      page('What shows what', '/contract'),
      page('How effects are seen', '/effects'),
      page('Deduplication', '/deduplication'),
      page('Schedules nobody thought of', '/fuzz'),
      page('Doctor', '/doctor'),
      page('Load', '/load'),
      page('Send', '/send'),
      page('Capture and drift', '/capture'),
    ],
  },
  {
    text: 'When a hook is disabled',
    items: [
      page('The rule', '/disable-rule'),
      page('Simulate', '/simulate'),
      page('Forecast', '/forecast'),
      page('What looks true', '/looks-true'),
    ],
  },
  { text: 'In place of Truora', items: [page('The stand-in', '/serve')] },
  {
    text: 'Reference',
    items: [
      {
        text: 'Cases',
        link: '/reference/cases',
        collapsed: true,
        items: ['verification', 'idempotency', 'response', 'transport', 'recovery'].map((suite) =>
          page(suite, `/reference/cases-${suite}`),
        ),
      },
      page('Root causes', '/reference/causes'),
      page('Mends in five languages', '/reference/mends'),
      page('Broken receivers', '/reference/mutants'),
      page('Events', '/reference/events'),
      page('API', '/api/'),
    ],
  },
  {
    text: 'About',
    items: [
      { text: 'Decisions', collapsed: true, items: decisions() },
      page('Contributing', '/CONTRIBUTING'),
      page('Security', '/SECURITY'),
      page('Changes', '/CHANGELOG'),
    ],
  },
];
