// Microseconds to sign and to verify a token of the catalogue, after all have agreed on every byte.
import { createHmac, createSecretKey } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { createSigner, createVerifier } from 'fast-jwt';
import { SignJWT, jwtVerify } from 'jose';
import jwt from 'jsonwebtoken';
import { createRandom, loadLoad, signDelivery } from '../dist/simulator/index.js';
import { createVerify, strictSteps } from '../dist/fixtures/receivers/reference/verify.js';
import { interleave, judge, median, medianRatio } from './measure.mjs';

const key = '5f0c1d2e3b4a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0';
const secret = createSecretKey(Buffer.from(key));
const bytes = Buffer.from(key);
const KINDS = 64;
const TURNS = 200;

/** Microseconds an operation takes, over as many as fit into a moment. */
const timed = (operation, isAsync, ms) => async () => {
  const beganMs = performance.now();
  let done = 0;
  let tookMs = 0;
  while (tookMs < ms) {
    for (let turn = 0; turn < TURNS; turn++) {
      if (isAsync) await operation(done);
      else operation(done);
      done += 1;
    }
    tookMs = performance.now() - beganMs;
  }
  return (1000 * tookMs) / done;
};

const report = (title, answers) => {
  console.log(`\n${title}`);
  for (const [name, all] of Object.entries(answers)) {
    console.log(`  ${name.padEnd(26)} ${median(all).toFixed(2).padStart(9)} µs`);
  }
};

const section = async (title, candidates, { rounds, ms }) => {
  const measured = Object.fromEntries(
    Object.entries(candidates).map(([name, [operation, isAsync = false]]) => [
      name,
      timed(operation, isAsync, ms),
    ]),
  );
  const answers = await interleave(measured, { rounds, label: `${title}:` });
  report(title, answers);
  return (one, other) => medianRatio(answers[other], answers[one]);
};

export const run = async ({ quick }) => {
  const { createTemplate } = await loadLoad();
  const template = createTemplate('checks.finished', {
    key,
    random: createRandom(1),
    atMs: Date.now(),
  });
  const iat = Math.floor(Date.now() / 1000);
  const claims = Array.from({ length: KINDS }, (_, number) => template.claimsOf(number, iat));
  const tokens = claims.map((one) => signDelivery(one, key));
  const inputs = tokens.map((token) => token.slice(0, token.lastIndexOf('.')));
  const buffers = inputs.map((input) => Buffer.from(input));
  const out = Buffer.alloc(template.tokenBytes);
  const of = (list) => (turn) => list[turn % KINDS];

  const fast = createSigner({ key, algorithm: 'HS256' });
  const jose = async (one) =>
    new SignJWT(one).setProtectedHeader({ alg: 'HS256', typ: 'JWT' }).sign(bytes);
  const usual = (one) => jwt.sign(one, secret, { algorithm: 'HS256' });
  const verifyFast = createVerifier({ key, algorithms: ['HS256'] });
  const verifyOurs = createVerify(strictSteps);
  for (const [index, token] of tokens.entries()) {
    template.write(index, iat, out, 0);
    const others = [out.toString('latin1'), fast(claims[index]), await jose(claims[index])];
    others.push(usual(claims[index]));
    if (others.some((other) => other !== token)) throw new Error('the signers disagree');
    const read = JSON.stringify(verifyOurs(token, key, iat));
    if (read !== JSON.stringify(verifyFast(token))) throw new Error('the verifiers disagree');
  }
  console.log(`${KINDS} tokens of ${template.tokenBytes} characters, the same from all signers`);

  const bounds = quick ? { rounds: 5, ms: 40 } : { rounds: 15, ms: 150 };
  const sign = await section(
    'sign',
    {
      template: [(turn) => template.write(turn, iat, out, 0)],
      signDelivery: [(turn) => signDelivery(of(claims)(turn), key)],
      'createHmac alone': [
        (turn) => createHmac('sha256', secret).update(of(buffers)(turn)).digest(),
      ],
      'fast-jwt': [(turn) => fast(of(claims)(turn))],
      jsonwebtoken: [(turn) => usual(of(claims)(turn))],
      jose: [(turn) => jose(of(claims)(turn)), true],
    },
    bounds,
  );
  judge('signDelivery against fast-jwt', sign('signDelivery', 'fast-jwt'), '>=', 1.6);
  judge('template against createHmac alone', sign('template', 'createHmac alone'), '>=', 0.8);
  judge('template against fast-jwt', sign('template', 'fast-jwt'));
  judge('template against jose', sign('template', 'jose'));

  const verify = await section(
    'verify',
    {
      'bundled receiver': [(turn) => verifyOurs(of(tokens)(turn), key, iat)],
      'fast-jwt': [(turn) => verifyFast(of(tokens)(turn))],
      jsonwebtoken: [(turn) => jwt.verify(of(tokens)(turn), secret, { algorithms: ['HS256'] })],
      jose: [(turn) => jwtVerify(of(tokens)(turn), bytes, { algorithms: ['HS256'] }), true],
    },
    bounds,
  );
  judge('bundled receiver against fast-jwt', verify('bundled receiver', 'fast-jwt'), '>=', 1.3);
};
