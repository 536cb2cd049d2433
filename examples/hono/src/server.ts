import { serve } from '@hono/node-server';
import { createApp } from './app.ts';
import { openStore } from './store.ts';

const { DATABASE = 'database', PORT = '3000', TRUORA_SIGNING_KEY: key } = process.env;
if (!key) throw new Error('set TRUORA_SIGNING_KEY to the signing key of the hook');

const { applyOnce } = await openStore(DATABASE);
serve({ fetch: createApp({ key, applyOnce }).fetch, port: Number(PORT) }, ({ port }) => {
  console.log(`http://localhost:${port}/webhooks/truora`);
});
