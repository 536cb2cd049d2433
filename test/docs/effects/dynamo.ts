/** dynalite speaks DynamoDB's protocol; the SDK that the recipe uses asks it. */
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { freePort, untilReady } from './programs.js';
import type { EffectStore } from './stores.js';

/** The folder of packages that has both; undefined where there is none. */
export const findDynamo = (): string | undefined => {
  const { resolve } = createRequire(import.meta.url);
  try {
    resolve('@aws-sdk/client-dynamodb');
    return dirname(dirname(resolve('dynalite/package.json')));
  } catch {
    return undefined;
  }
};

/** Any credentials will do. */
const env = {
  AWS_ACCESS_KEY_ID: 'none',
  AWS_SECRET_ACCESS_KEY: 'none',
  AWS_REGION: 'us-east-1',
} as const;

const headers = {
  'Content-Type': 'application/x-amz-json-1.0',
  Authorization: `AWS4-HMAC-SHA256 Credential=none/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=${'0'.repeat(64)}`,
  'X-Amz-Date': '20260101T000000Z',
} as const;

const create = {
  TableName: 'charges',
  AttributeDefinitions: [
    { AttributeName: 'event_id', AttributeType: 'S' },
    { AttributeName: 'copy', AttributeType: 'S' },
  ],
  KeySchema: [
    { AttributeName: 'event_id', KeyType: 'HASH' },
    { AttributeName: 'copy', KeyType: 'RANGE' },
  ],
  BillingMode: 'PAY_PER_REQUEST',
} as const;

/** Starts the server, and the recipe's page beside it. */
export const openDynamo = async (
  packages: string,
  page: string,
): Promise<EffectStore & { readonly probe: string }> => {
  const folder = mkdtempSync(join(tmpdir(), 'hookproof-dynamo-'));
  symlinkSync(packages, join(folder, 'node_modules'));
  const [port, pagePort] = [await freePort(), await freePort()];
  const endpoint = `http://127.0.0.1:${port}`;
  const probe = `http://127.0.0.1:${pagePort}`;
  writeFileSync(join(folder, 'probe.mjs'), page.replace('9099', String(pagePort)));
  const start = (...args: readonly string[]) =>
    spawn(process.execPath, args, {
      cwd: folder,
      env: { ...process.env, ...env, AWS_ENDPOINT_URL: endpoint },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  const children = [
    start('node_modules/dynalite/cli.js', '--port', String(port), '--createTableMs', '0'),
    start('probe.mjs'),
  ];
  const ask = async (operation: string, body: unknown): Promise<void> => {
    const answer = await fetch(endpoint, {
      method: 'POST',
      headers: { ...headers, 'X-Amz-Target': `DynamoDB_20120810.${operation}` },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(await answer.text());
  };
  await untilReady(async () => ask('ListTables', {}));
  await ask('CreateTable', create);
  await untilReady(async () => {
    const { status } = await fetch(`${probe}/none`);
    if (status !== 200) throw new Error(`the page answered ${status}`);
  });
  return {
    probe,
    charge: async (eventId, once) =>
      ask('PutItem', {
        TableName: 'charges',
        Item: { event_id: { S: eventId }, copy: { S: once ? 'first' : randomUUID() } },
      }),
    env: {},
    close: () => {
      for (const child of children) child.kill('SIGKILL');
      rmSync(folder, { recursive: true });
    },
  };
};
