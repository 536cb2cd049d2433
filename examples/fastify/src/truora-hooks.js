import jwt from '@fastify/jwt';

/** A Fastify plugin that takes Truora's deliveries. `key` is the hook's signing key, `applyOnce` a function of an event. */
export const truoraHooks = async (app, { key, applyOnce }) => {
  await app.register(jwt, { secret: key, verify: { algorithms: ['HS256'] } });

  // The body is one signed token: it is taken as it is, whatever its content type says.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    types,
    { parseAs: 'string', bodyLimit: 2 * 1024 * 1024 },
    async (_request, body) => body,
  );

  app.post('/webhooks/truora', async (request, reply) => {
    const events = verifiedEvents(app.jwt, request.body);
    if (events === undefined) return reply.code(401).send();
    for (const event of events) applyOnce(event);
    // Also where nothing was new or of interest: another answer makes Truora deliver it again.
    return reply.code(200).send();
  });
};

/** The events of a genuine token; undefined for everything else. */
const verifiedEvents = (verifier, token) => {
  try {
    const { events } = verifier.verify(token);
    return Array.isArray(events) && events.every(isEvent) ? events : undefined;
  } catch {
    return undefined;
  }
};

const isEvent = (value) => typeof value?.id === 'string' && value.id !== '';

/** The defect is a mistake, to see the contract fail: a media type may carry parameters. */
const types = process.env.DEFECT === 'content-type-too-strict' ? /^application\/jwt$/ : '*';
