// Tokens signed and verified a second, one process, after all have agreed on every byte.
import { createHmac, createSecretKey } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { createSigner, createVerifier } from 'fast-jwt';
import { SignJWT, jwtVerify } from 'jose';
import jwt from 'jsonwebtoken';
import { createRandom, loadLoad, signDelivery } from '../dist/simulator/index.js';
import { createVerify } from '../dist/fixtures/receivers/reference/verify.js';
import { interleave, judge, median, medianRatio } from './measure.mjs';

const key = '5f0c1d2e3b4a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0';
const ALGORITHM = { algorithms: ['HS256'] };

/** Microseconds an operation takes, over as many as fit into a moment. */
const timed = async (operation, ms, isAsync) => {
  const beganMs = performance.now();
  let done = 0;
  while (performance.now() - beganMs < ms) {
    for (let turn = 0; turn < 50; turn++) {
      if (isAsync) await operation(done);
      else operation(done);
      done += 1;
    }
  }
  return (1000 * (performance.now() - beganMs)) / done;
};
