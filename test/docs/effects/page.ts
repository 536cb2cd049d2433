/** A test page of docs/effects.md, in an Express app that has a database. */
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { runInThisContext } from 'node:vm';
import express from 'express';
import { onTestFinished } from 'vitest';

type Install = (app: express.Express, db: unknown) => void;

/** Where the page's paths under /test are. */
export const startPage = async (code: string, db: unknown): Promise<string> => {
  const app = express();
  const install = runInThisContext(`(function (app, db) {${code}})`) as Install;
  install(app, db);
  const server: Server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/test`;
};
