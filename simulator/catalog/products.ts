import { HookproofError } from '../core/errors.js';
import { checks } from './checks.js';
import { continuousChecks } from './continuous-checks.js';
import { digitalIdentity } from './digital-identity.js';
import { documentValidation } from './document-validation.js';
import { emailValidation } from './email-validation.js';
import { enterpriseDataValidation } from './enterprise-data-validation.js';
import { facialRecognition } from './facial-recognition.js';
import { identityQuestions } from './identity-questions.js';
import { phoneValidation } from './phone-validation.js';
import type { Product } from './product.js';
import { signals } from './signals.js';
import { truface } from './truface.js';
import { voiceRecognition } from './voice-recognition.js';
import { whatsappInbound } from './whatsapp-inbound.js';
import { whatsappOutbound } from './whatsapp-outbound.js';
import { whatsappProcess } from './whatsapp-process.js';
import { whatsappSession } from './whatsapp-session.js';
import { say } from '../../language/say.js';

/** The 16 products that have events, in the documented order (DOC). */
export const products: readonly Product[] = [
  checks,
  continuousChecks,
  signals,
  digitalIdentity,
  documentValidation,
  emailValidation,
  enterpriseDataValidation,
  facialRecognition,
  truface,
  identityQuestions,
  phoneValidation,
  voiceRecognition,
  whatsappInbound,
  whatsappOutbound,
  whatsappSession,
  whatsappProcess,
];

/**
 * Finds a product by its slug.
 *
 * @throws {HookproofError} `unknown_event` when there is none.
 */
export const findProduct = (slug: string): Product => {
  const product = products.find((candidate) => candidate.slug === slug);
  if (product !== undefined) return product;
  throw new HookproofError(
    'unknown_event',
    say`there is no product named '${slug}'`,
    say`name one of: ${products.map((candidate) => candidate.slug).join(', ')}`,
  );
};
