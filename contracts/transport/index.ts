import type { ContractCase } from '../runner/case.js';
import { answerCases } from './answers.js';
import { bypassCases } from './bypass.js';
import { charsetCases } from './charsets.js';
import { connectionCases } from './connections.js';
import { contentTypeCases } from './content-types.js';
import { encodingCases } from './encodings.js';
import { expectCases } from './expect.js';
import { framingLengthCases } from './framing-lengths.js';
import { framingCases } from './framing.js';
import { headCases } from './heads.js';
import { interruptedCases } from './interrupted.js';
import { loadCases } from './load.js';
import { methodCases } from './methods.js';
import { transportReviews } from './reviews.js';
import { slowCases } from './slow.js';
import { spellingCases } from './spelling.js';

/** Whether the HTTP around a delivery holds. */
export const transportCases: readonly ContractCase[] = [
  ...contentTypeCases,
  ...charsetCases,
  ...encodingCases,
  ...methodCases,
  ...spellingCases,
  ...bypassCases,
  ...headCases,
  ...framingCases,
  ...framingLengthCases,
  ...interruptedCases,
  ...expectCases,
  ...connectionCases,
  ...slowCases,
  ...loadCases,
  ...answerCases,
  ...transportReviews,
];
