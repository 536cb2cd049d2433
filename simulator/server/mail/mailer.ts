import type { StoredMail } from '../stand-in.js';

/** Hands an e-mail to whoever carries it; rejects where it is not taken. */
export interface Mailer {
  readonly send: (mail: StoredMail) => Promise<void>;
  readonly close: () => void;
}

/** What an e-mail says, in the language of its reader. */
export interface MailText {
  readonly subject: string;
  readonly text: string;
  /** A whole document without anything from outside. */
  readonly html: string;
}
