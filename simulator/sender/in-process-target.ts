import type { Server } from 'node:http';
import { Server as NetServer } from 'node:net';
import { HookproofError } from '../core/errors.js';
import type { FetchHandler } from './in-process.js';
import { fromLambda } from './lambda.js';
import type { LambdaHandler, LambdaOptions } from './lambda.js';
import { openNodeTarget } from './node-handler.js';
import type { NodeHandler, OpenTarget } from './node-handler.js';
import { describeApplication } from './applications.js';
import type { OnTrouble } from './trouble.js';

/** A Node `(request, response)` handler, or an http.Server that does not listen yet. */
export interface NodeTarget {
  readonly node: NodeHandler | Server;
  /** Where it takes deliveries; default `/webhooks/truora`. */
  readonly path?: string;
}

/** An AWS Lambda function behind API Gateway. */
export interface LambdaTarget extends LambdaOptions {
  readonly lambda: LambdaHandler;
}

/** A receiver in this process. */
export type InProcessTarget = FetchHandler | NodeTarget | LambdaTarget;

/** How a receiver in this process is reached: over a socket, or by a call. */
export type OpenInProcess =
  | (OpenTarget & { readonly kind: 'network' })
  | { readonly kind: 'handler'; readonly handler: FetchHandler };

/**
 * Makes a receiver in this process ready to be sent to. What has to be closed again has `close`.
 *
 * @throws {HookproofError} `invalid_argument`, with the right form, for anything else
 */
export const openInProcess = async (
  target: InProcessTarget,
  onTrouble?: OnTrouble,
): Promise<OpenInProcess> => {
  if (typeof target === 'function') return { kind: 'handler', handler: checkFetchHandler(target) };
  if (isRecord(target) && 'lambda' in target) {
    return {
      kind: 'handler',
      handler: fromLambda(checkLambda(target.lambda), checkPayload(target), onTrouble),
    };
  }
  if (isRecord(target) && 'node' in target) {
    return {
      kind: 'network',
      ...(await openNodeTarget(checkNode(target.node), checkPath(target.path), onTrouble)),
    };
  }
  throw mistaken(target, 'the receiver');
};

const isRecord = (value: unknown): value is object => typeof value === 'object' && value !== null;

const wrong = (message: string, remedy: string): HookproofError =>
  new HookproofError('invalid_argument', message, remedy);

/** Frameworks hand the request's surroundings over as further arguments; here there are none. */
const checkFetchHandler = (handler: FetchHandler): FetchHandler => {
  const application = describeApplication(handler);
  if (application !== undefined) {
    throw wrong(`this looks like ${application.name}`, `pass ${application.target}`);
  }
  if (handler.length < 2) return handler;
  throw wrong(
    `this function takes ${handler.length} arguments, a (Request) => Response handler takes one`,
    'pass { node: handler } for (req, res), { lambda: handler } for (event, context), or (request) => handler(request, …)',
  );
};

const checkLambda = (handler: LambdaHandler): LambdaHandler => {
  if (typeof handler === 'function' && describeApplication(handler) === undefined) return handler;
  throw mistaken(handler, '{ lambda }');
};

const checkPayload = (options: LambdaOptions): LambdaOptions => {
  const payload: unknown = options.payload;
  if (payload === undefined || payload === 'v1' || payload === 'v2') return options;
  throw wrong(
    `{ payload } is ${JSON.stringify(payload)}`,
    "give 'v2' for HTTP APIs and function URLs, 'v1' for REST APIs",
  );
};

const checkPath = (path: unknown): string | undefined => {
  if (path === undefined || typeof path === 'string') return path;
  throw wrong(
    `{ path } is of type ${typeof path}`,
    "give the path as a text, such as '/webhooks/truora'",
  );
};

/** Express is a Node handler itself; of the others, only what they offer for one is. */
const checkNode = (target: NodeTarget['node']): NodeTarget['node'] => {
  if (target instanceof NetServer) return target;
  const application = describeApplication(target);
  if (typeof target === 'function' && (application?.isHandler ?? true)) return target;
  throw mistaken(target, '{ node }');
};

const mistaken = (given: unknown, where: string): HookproofError => {
  const application = describeApplication(given);
  return application === undefined
    ? wrong(
        `${where} is ${given === null ? 'null' : `of type ${typeof given}`}, and nothing that can be called`,
        'pass a URL, a (Request) => Response handler, { node: (req, res) => … } or { lambda: handler }',
      )
    : wrong(`this looks like ${application.name}`, `pass ${application.target}`);
};
