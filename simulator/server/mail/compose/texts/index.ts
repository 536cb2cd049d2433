import type { Language } from '../../../stand-in.js';
import { en } from './en.js';
import { es } from './es.js';
import { pt } from './pt.js';
import type { Texts } from './texts.js';

/** What e-mails say; the compiler asks for whatever a language lacks. */
export const texts: Readonly<Record<Language, Texts>> = { es, en, pt };
