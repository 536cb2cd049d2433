/** The formats in which API Gateway hands a request to a Lambda function. */
export type LambdaPayload = 'v1' | 'v2';

/** Builds the event of a request. Header names are in lower case in v2 and as Go sends them in v1. */
export const createLambdaEvent = async (
  request: Request,
  payload: LambdaPayload,
  base64: boolean | undefined,
): Promise<unknown> => {
  const encoded = base64 ?? (payload === 'v2' && !isText(request.headers.get('content-type')));
  const bytes = Buffer.from(await request.arrayBuffer());
  const body = {
    isBase64Encoded: encoded && bytes.length > 0,
    body: bytes.length === 0 ? undefined : bytes.toString(encoded ? 'base64' : 'utf8'),
  };
  const url = new URL(request.url);
  return payload === 'v2' ? eventV2(request, url, body) : eventV1(request, url, body);
};

/** The types that HTTP APIs and function URLs take for text, seen at the real service. */
const isText = (contentType: string | null): boolean =>
  /^(?:text\/|application\/(?:json|xml|javascript)\b)/i.test(contentType ?? '');

interface EventBody {
  readonly isBase64Encoded: boolean;
  readonly body: string | undefined;
}

/** `12/Mar/2026:19:03:58 +0000`. */
const logTime = (date: Date): string => {
  const [, day, month, year, time] = date.toUTCString().split(' ');
  return `${day}/${month}/${year}:${time} +0000`;
};

const requestContext = (request: Request, url: URL) => {
  const now = new Date();
  return {
    accountId: '123456789012',
    apiId: 'receiver',
    domainName: url.hostname,
    domainPrefix: url.hostname.split('.')[0] ?? '',
    requestId: crypto.randomUUID(),
    stage: '$default',
    identity: { sourceIp: '127.0.0.1', userAgent: request.headers.get('user-agent') },
    now,
  };
};

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html */
const eventV2 = (request: Request, url: URL, { body, isBase64Encoded }: EventBody) => {
  const { identity, now, ...context } = requestContext(request, url);
  const { cookie, ...headers } = Object.fromEntries(request.headers);
  const query = grouped(url.searchParams);
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: url.pathname,
    rawQueryString: url.search.slice(1),
    ...(cookie === undefined ? {} : { cookies: cookie.split(/; */) }),
    headers,
    ...(query.size === 0 ? {} : { queryStringParameters: joined(query) }),
    requestContext: {
      ...context,
      http: {
        method: request.method,
        path: url.pathname,
        protocol: 'HTTP/1.1',
        sourceIp: identity.sourceIp,
        userAgent: identity.userAgent ?? '',
      },
      routeKey: '$default',
      time: logTime(now),
      timeEpoch: now.getTime(),
    },
    ...(body === undefined ? {} : { body }),
    isBase64Encoded,
  };
};

const eventV1 = (request: Request, url: URL, { body, isBase64Encoded }: EventBody) => {
  const { identity, now, ...context } = requestContext(request, url);
  const headers = [...request.headers].map(([name, value]) => [canonical(name), value] as const);
  const query = grouped(url.searchParams);
  return {
    version: '1.0',
    resource: url.pathname,
    path: url.pathname,
    httpMethod: request.method,
    headers: Object.fromEntries(headers),
    multiValueHeaders: Object.fromEntries(headers.map(([name, value]) => [name, [value]])),
    queryStringParameters: query.size === 0 ? null : lastOf(query),
    multiValueQueryStringParameters: query.size === 0 ? null : Object.fromEntries(query),
    pathParameters: null,
    stageVariables: null,
    requestContext: {
      ...context,
      identity,
      httpMethod: request.method,
      path: url.pathname,
      protocol: 'HTTP/1.1',
      resourcePath: url.pathname,
      requestTime: logTime(now),
      requestTimeEpoch: now.getTime(),
    },
    body: body ?? null,
    isBase64Encoded,
  };
};

const canonical = (name: string): string =>
  name.replaceAll(/(?:^|-)[a-z]/g, (start) => start.toUpperCase());

const grouped = (query: URLSearchParams): ReadonlyMap<string, readonly string[]> =>
  new Map([...new Set(query.keys())].map((name) => [name, query.getAll(name)]));

const joined = (query: ReadonlyMap<string, readonly string[]>) =>
  Object.fromEntries([...query].map(([name, values]) => [name, values.join(',')]));

const lastOf = (query: ReadonlyMap<string, readonly string[]>) =>
  Object.fromEntries([...query].map(([name, values]) => [name, values.at(-1)]));
