import type { Language, Hook } from '../../stand-in.js';
import type { MailText } from '../mailer.js';
import { clean, shownUrl } from './clean.js';
import { type Block, renderHtml, renderText } from './layout.js';

/** Both forms of an e-mail. Its subject is one line, whatever went into it. */
export const compose = (
  language: Language,
  subject: string,
  blocks: readonly Block[],
): MailText => ({
  subject: clean(subject),
  text: renderText(blocks),
  html: renderHtml(blocks, { language, subject: clean(subject) }),
});

/** What people call a hook: its name, else where it delivers to, else its id. */
export const nameOf = (hook: Hook): string =>
  clean(hook.subscriberName, 80) || whereOf(hook) || clean(hook.id);

/** Where it delivers to; empty where that is not known. */
export const whereOf = ({ subscriberUrl, subscriberAddress }: Hook): string =>
  subscriberUrl === null ? clean(subscriberAddress ?? '') : shownUrl(subscriberUrl);
