import fastify from 'fastify';
import { openStore } from './store.js';
import { truoraHooks } from './truora-hooks.js';

const { DATABASE = 'events.sqlite', PORT = '3000', TRUORA_SIGNING_KEY: key } = process.env;
if (!key) throw new Error('set TRUORA_SIGNING_KEY to the signing key of the hook');

const { applyOnce, changesOf } = openStore(DATABASE);
const app = fastify();
await app.register(truoraHooks, { key, applyOnce });

// For the test: where the effects of an event show.
app.get('/status-changes', async ({ query }) => changesOf(query.event_id));

console.log(`${await app.listen({ port: Number(PORT) })}/webhooks/truora`);
