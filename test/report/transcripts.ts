/** What went over the wire in the made-up runs of `results.ts`: tokens that a reader can decode. */
import type { RecordedBody, Transcript } from '../../contracts/index.js';

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

const claims = {
  events: [
    {
      id: 'HKE0001',
      event_type: 'check',
      event_action: 'finished',
      version: '1.0',
      timestamp: '2026-01-02T03:04:05Z',
      object: { check_id: 'CHK0001', status: 'completed', first_name: 'Núria' },
    },
  ],
  iat: 1767323045,
  iss: 'Truora',
};

/** A token under this header, with whatever stands where a MAC would be. */
export const forged = (header: object, mac = ''): string =>
  `${encode(header)}.${encode(claims)}.${mac}`;

/** A genuine token as a report may show it. */
export const withheld: RecordedBody = {
  text: forged({ alg: 'HS256', typ: 'JWT' }, '…'),
  withheld: 'signature',
};

export const transcriptOf = (
  body: RecordedBody,
  answer: RecordedBody | null = { text: '{"ok":true}' },
): Transcript => ({
  request: {
    method: 'POST',
    url: 'http://127.0.0.1:3000/webhooks/truora',
    headers: [
      ['content-type', 'application/jwt'],
      ['x-api-key', '…'],
    ],
    body,
  },
  response:
    answer === null
      ? null
      : {
          headers: [
            ['content-type', 'application/json'],
            ['x-powered-by', 'Express'],
          ],
          body: answer,
        },
});
