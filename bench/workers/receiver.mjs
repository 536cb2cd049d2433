// A receiver in a process of its own, which answers after so many milliseconds; `flaky` refuses every
// event the first time. What it saw comes by message.
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';

const [, , latencyMs, kind] = process.argv;
const known = new Set();
/** When each delivery was answered, in milliseconds. */
const times = [];

const idIn = (token) => JSON.parse(Buffer.from(token.split('.')[1], 'base64url')).events[0].id;

const statusFor = (token) => {
  if (kind !== 'flaky') return 200;
  const id = idIn(token);
  if (known.has(id)) return 200;
  known.add(id);
  return 503;
};

const answer = async (request, response) => {
  const status = statusFor(await text(request));
  setTimeout(() => {
    times.push(performance.now());
    response.writeHead(status).end();
  }, Number(latencyMs));
};

const server = createServer((request, response) => void answer(request, response));
server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }));
process.on('message', (wanted) => {
  process.send(wanted === 'times' ? { times } : { count: times.length });
});
