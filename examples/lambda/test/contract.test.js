import assert from 'node:assert/strict';
import { once } from 'node:events';
import test from 'node:test';
import { CreateTableCommand, DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import dynalite from 'dynalite';
import { verifyReceiver } from 'hookproof';

const key = '0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0';
const TableName = 'truora-resources';

/** A server that speaks DynamoDB's protocol, and the settings by which the SDK finds it. */
const startDatabase = async () => {
  const server = dynalite({ createTableMs: 0 }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_DYNAMODB: `http://127.0.0.1:${server.address().port}`,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  });
  const client = new DynamoDBClient();
  await client.send(
    new CreateTableCommand({
      TableName,
      AttributeDefinitions: [{ AttributeName: 'resource', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'resource', KeyType: 'HASH' }],
      BillingMode: 'PAY_PER_REQUEST',
    }),
  );
  const close = () => {
    client.destroy();
    server.close();
  };
  return { client, close };
};

test('keeps the contract of Truora’s hooks', async (context) => {
  const { client, close } = await startDatabase();
  context.after(close);
  process.env.TRUORA_SIGNING_KEY = key;
  const { handler, resourceOf } = await import('../src/index.js');

  /** How often an event is among the changes of its resource. */
  const probe = async (event) => {
    const { Item } = await client.send(
      new GetItemCommand({ TableName, Key: { resource: { S: resourceOf(event) } } }),
    );
    const changes = Item?.changes.L ?? [];
    return changes.filter(({ M }) => M.event.S === event.id).length;
  };

  const { problem, findings, summary } = await verifyReceiver(
    { lambda: handler },
    {
      key,
      probe,
      probeSettleMs: 100,
      // With the defect, only what can find it.
      only: process.env.DEFECT ? ['verification/two-events', 'idempotency/batch-*'] : [],
    },
  );
  assert.equal(problem, null);
  assert.deepEqual(
    findings.filter(({ level }) => level === 'must'),
    [],
  );
  assert.equal(summary.verdict, 'passed');
});
