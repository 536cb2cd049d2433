import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { jwtVerify } from 'jose';

const { TABLE = 'truora-resources', TRUORA_SIGNING_KEY } = process.env;
if (!TRUORA_SIGNING_KEY) throw new Error('set TRUORA_SIGNING_KEY to the signing key of the hook');

const secret = new TextEncoder().encode(TRUORA_SIGNING_KEY);
const db = new DynamoDBClient();

/** The function behind a function URL or an HTTP API. */
export const handler = async ({ body = '', isBase64Encoded }) => {
  // The gateway takes `application/jwt` for binary.
  const events = await verifiedEvents(Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8'));
  if (events === undefined) return { statusCode: 401 };
  for (const event of chosen(events)) await applyOnce(event);
  // Also where nothing was new or of interest: another answer makes Truora deliver it again.
  return { statusCode: 200 };
};

/** The defect is a mistake, to see the contract fail: a delivery may bring several events. */
const chosen = (events) => (process.env.DEFECT === 'batch-cut' ? events.slice(0, 1) : events);

/** The events of a genuine token; undefined for everything else. */
const verifiedEvents = async (token) => {
  try {
    const { payload } = await jwtVerify(token, secret, { algorithms: ['HS256'] });
    return Array.isArray(payload.events) && payload.events.every(isEvent)
      ? payload.events
      : undefined;
  } catch {
    return undefined;
  }
};

const isEvent = (value) => typeof value?.id === 'string' && value.id !== '';

/** What an event is about: the key of its item. */
export const resourceOf = ({ id, object }) =>
  object?.check_id ?? object?.process_id ?? object?.validation_id ?? id;

/**
 * Applies an event unless it was applied before. Its key joins `seen` in the same write as its
 * effect, so that neither is ever there without the other.
 */
const applyOnce = async (event) => {
  const update = new UpdateItemCommand({
    TableName: TABLE,
    Key: { resource: { S: resourceOf(event) } },
    UpdateExpression:
      'SET changes = list_append(if_not_exists(changes, :none), :change) ADD seen :ids',
    ConditionExpression: 'NOT contains(seen, :id)',
    ExpressionAttributeValues: {
      ':id': { S: event.id },
      ':ids': { SS: [event.id] },
      ':none': { L: [] },
      ':change': { L: [{ M: { event: { S: event.id }, action: { S: event.event_action } } }] },
    },
  });
  try {
    await db.send(update);
  } catch (error) {
    // A copy: it is done.
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
  }
};
