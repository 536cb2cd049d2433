import type { FetchHandler } from './in-process.js';
import { createLambdaEvent } from './lambda-event.js';
import type { LambdaPayload } from './lambda-event.js';
import { answerOf, badAnswer } from './lambda-answer.js';
import { describeThrown } from './trouble.js';
import type { OnTrouble } from './trouble.js';

/** An AWS Lambda function; its parameters are its author's business. */
export type LambdaHandler = (event: never, context: never, callback: never) => unknown;

export interface LambdaOptions {
  /** `v2`, the default: HTTP APIs and function URLs. `v1`: REST APIs. */
  readonly payload?: LambdaPayload;
  /**
   * Whether bodies reach the function in base64. By default as API Gateway does it: payload v2 hands
   * over text types and JSON as text and all others, `application/jwt` among them, in base64;
   * payload v1 hands over text, unless `true` says that the API lists the type as binary.
   */
  readonly base64?: boolean;
}

type Callback = (error: unknown, result?: unknown) => void;
type Invoke = (event: unknown, context: unknown, callback: Callback) => unknown;

/**
 * A Lambda function behind API Gateway's proxy integration, as a Fetch handler. What it throws
 * becomes the gateway's own 5xx.
 */
export const fromLambda = (
  handler: LambdaHandler,
  options: LambdaOptions = {},
  onTrouble: OnTrouble = () => undefined,
): FetchHandler => {
  const { payload = 'v2', base64 } = options;
  return async (request) => {
    const event = await createLambdaEvent(request, payload, base64);
    let result: unknown;
    try {
      result = await invoke(handler as Invoke, event);
    } catch (error) {
      onTrouble(describeThrown(error));
      return badAnswer(payload);
    }
    return answerOf(result, payload);
  };
};

/** Waits for the promise or for the callback, whichever the function's style is. */
const invoke = async (handler: Invoke, event: unknown): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const callback: Callback = (error, result) => {
      if (error === null || error === undefined) resolve(result);
      else reject(error instanceof Error ? error : new Error('the function called back an error'));
    };
    const result = handler(event, createContext(), callback);
    // A function of three parameters that returns nothing has yet to call back.
    if (result !== undefined || handler.length < 3) resolve(result);
  });

const REMAINING_MS = 29_000;

const createContext = () => {
  const deadlineMs = Date.now() + REMAINING_MS;
  return {
    functionName: 'receiver',
    functionVersion: '$LATEST',
    invokedFunctionArn: 'arn:aws:lambda:us-east-1:123456789012:function:receiver',
    memoryLimitInMB: '128',
    awsRequestId: crypto.randomUUID(),
    logGroupName: '/aws/lambda/receiver',
    logStreamName: 'hookproof',
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, deadlineMs - Date.now()),
  };
};
