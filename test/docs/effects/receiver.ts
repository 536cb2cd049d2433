/** A receiver on node:http that charges for each event, once or for each copy. */
import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { onTestFinished } from 'vitest';
import { createVerify, strictSteps } from '../../../fixtures/receivers/reference/verify.js';
import { whenListening } from '../../../fixtures/receivers/variants/variant.js';
import { key } from '../../cli/receivers.js';

interface Claims {
  readonly events: readonly { readonly id: string }[];
}

const verify = createVerify(strictSteps);

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('latin1');
};

/** The status for a delivery's body. */
export const answerTo = async (
  body: string,
  charge: (eventId: string) => unknown,
): Promise<number> => {
  let claims;
  try {
    claims = verify(body, key, Date.now() / 1000) as Claims;
  } catch {
    return 401;
  }
  for (const { id } of claims.events) await charge(id);
  return 200;
};

export const startCharging = async (charge: (eventId: string) => unknown): Promise<string> => {
  const server = createServer((request, response) => {
    void bodyOf(request)
      .then(async (body) => answerTo(body, charge))
      .catch(() => 500)
      .then((status) => response.writeHead(status).end());
  });
  const { url, close } = await whenListening(server.listen(0, '127.0.0.1'), async () => undefined);
  onTestFinished(close);
  return url;
};
