/** What the mock, the API of `verify --poll-url` and the stand-in say of the same events. */
import { setupServer } from 'msw/node';
import { expect, onTestFinished, test } from 'vitest';
import { mockTruora } from '../../contracts/msw/index.js';
import { openEventsApi } from '../../contracts/probe/events-api.js';
import type { TruoraEvent } from '../../simulator/index.js';
import { tokenEvent } from '../../simulator/server/api/token-events.js';
import { shareLab } from './api-lab.js';

const opened = shareLab();

type Json = Readonly<Record<string, unknown>>;

/** The three of them, each as what answers a path, after the same events. */
const useThree = async (names: readonly string[]) => {
  const lab = opened();
  await lab.standIn.hooks.create({
    eventType: 'all',
    subscriberType: 'web',
    subscriberUrl: 'http://localhost:3000/hook',
  });
  for (const event of names) await lab.standIn.emit({ event });
  const { rows } = await lab.standIn.events.list();
  const events: readonly TruoraEvent[] = rows.map((row) => ({
    ...tokenEvent(row),
    idempotency_key: row.idempotencyKey,
  }));
  const polled = await openEventsApi(0);
  onTestFinished(polled.close);
  polled.publish(events);
  const truora = mockTruora({ origin: 'http://truora.internal' });
  const server = setupServer(...truora.handlers);
  server.listen({ onUnhandledRequest: 'bypass' });
  onTestFinished(() => server.close());
  truora.publish(events);
  const fetched = (origin: string) => async (path: string) => {
    const response = await fetch(`${origin}${path}`);
    const text = (await response.text()).replaceAll(origin, '');
    return { status: response.status, body: JSON.parse(text) as Json };
  };
  return {
    rows,
    answers: [
      async (path: string) => {
        const { status, text } = await lab.truora('GET', path);
        return { status, body: JSON.parse(text.replaceAll('http://localhost', '')) as Json };
      },
      fetched(polled.url),
      fetched('http://truora.internal'),
    ],
  };
};

test('the three say the same, word for word', async () => {
  const { rows, answers } = await useThree(
    [
      'checks.created',
      'continuous_checks.changed',
      'digital_identity.succeeded',
      'document_validation.failed',
      'whatsapp_inbound.started',
    ].filter((name) => name !== ''),
  );
  const paths = [
    '/v1/hooks/events',
    '/events',
    ...rows.map(({ idempotencyKey }) => `/v1/hooks/events/${idempotencyKey}`),
    ...rows.flatMap(({ resourceId }) =>
      ['checks', 'continuous-checks', 'processes', 'validations', 'sessions'].map(
        (collection) => `/v1/${collection}/${resourceId}`,
      ),
    ),
    '/v1/hooks/events/HIK0',
  ];
  for (const path of paths) {
    const [served, ...others] = await Promise.all(answers.map(async (answer) => answer(path)));
    for (const other of others) expect({ path, ...other }).toEqual({ path, ...served });
  }
});
