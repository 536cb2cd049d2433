import { readFileSync } from 'node:fs';
import pg from 'pg';
import { createApp } from './app.js';

const { DATABASE_URL, PORT = '3000', TRUORA_SIGNING_KEY: key } = process.env;
if (!key) throw new Error('set TRUORA_SIGNING_KEY to the signing key of the hook');

const pool = new pg.Pool({ connectionString: DATABASE_URL });
await pool.query(readFileSync(new URL('../schema.sql', import.meta.url), 'utf8'));

const server = createApp({ key, pool }).listen(Number(PORT), () => {
  console.log(`http://localhost:${server.address().port}/webhooks/truora`);
});
