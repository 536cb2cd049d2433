import { createTransport } from 'nodemailer';
import { say } from '../../../language/say.js';
import { HookproofError } from '../../core/errors.js';
import type { StoredMail } from '../stand-in.js';
import type { Mailer } from './mailer.js';

export interface SmtpOptions {
  /** `smtp://user:password@host:port`, or `smtps://` for TLS from the first byte. */
  readonly url: string;
  /** `hookproof@shop.example`, or `Hookproof <hookproof@shop.example>`. */
  readonly from: string;
  /** How long the server may take to connect and to greet, and half of what it may take to answer; 10 s where it is not said. */
  readonly timeoutMs?: number;
}

interface Server {
  readonly host: string;
  readonly port: number;
  readonly secure: boolean;
  readonly auth: { readonly user: string; readonly pass: string } | undefined;
}

/**
 * Hands e-mails to an SMTP server, each with a `Message-ID` of its own: a second sending after a crash is
 * recognisable as the same e-mail, and that of another stand-in as another one. It rejects with words, in which no password is.
 *
 * @throws {HookproofError} `invalid_argument` for a URL or a sender that cannot be one
 */
export const createSmtpMailer = ({ url, from, timeoutMs = 10_000 }: SmtpOptions): Mailer => {
  const server = readServer(url);
  const domain = domainOf(from);
  const transport = createTransport({
    ...server,
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    dnsTimeout: timeoutMs,
    // Later than the others, which say more of what is missing.
    socketTimeout: 2 * timeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const send = async (mail: StoredMail): Promise<void> => {
    const { to, subject, text, html, language } = mail;
    await transport
      .sendMail({
        from,
        // An address, not a list of them: what is written in it adds no reader.
        to: { name: '', address: to },
        subject,
        text,
        html,
        messageId: `<${mail.id}.${mail.createdMs}.${mail.hookId}@${domain}>`,
        headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': language },
      })
      .catch((error: unknown) => {
        throw refusalOf(server, error);
      });
  };
  return { send, close: () => transport.close() };
};

const wrongUrl = (): HookproofError =>
  new HookproofError(
    'invalid_argument',
    // The URL may hold a password: it is not shown.
    say`SMTP_URL is no URL of an SMTP server`,
    say`write it as smtp://user:password@host:587 or smtps://user:password@host:465`,
  );

const readServer = (text: string): Server => {
  if (!URL.canParse(text)) throw wrongUrl();
  const { protocol, hostname, port, username, password } = new URL(text);
  if ((protocol !== 'smtp:' && protocol !== 'smtps:') || hostname === '') throw wrongUrl();
  const secure = protocol === 'smtps:';
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? (secure ? 465 : 587) : Number(port),
    secure,
    auth: username === '' ? undefined : { user: decoded(username), pass: decoded(password) },
  };
};

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    throw wrongUrl();
  }
};

const domainOf = (from: string): string => {
  const [, domain] = /^(?:[^<>\r\n]*<)?[^\s<>@]+@([^\s<>@]+?)>?$/.exec(from) ?? [];
  if (domain !== undefined) return domain;
  throw new HookproofError(
    'invalid_argument',
    say`'${from}' is no sender of e-mails`,
    say`write it as hookproof@shop.example`,
  );
};

/** Only the words of the error: the rest of it holds what was said to the server. */
const refusalOf = (server: Server, error: unknown): Error => {
  const why = error instanceof Error ? error.message : String(error);
  return new Error(`${server.host}:${server.port} did not take it: ${withoutSecrets(why, server)}`);
};

/** A server may repeat what it was told, as it is or in base64. */
const withoutSecrets = (text: string, { auth }: Server): string => {
  if (auth === undefined || auth.pass === '') return text;
  const plain = `\u0000${auth.user}\u0000${auth.pass}`;
  return [auth.pass, ...[auth.pass, plain].map((secret) => Buffer.from(secret).toString('base64'))]
    .reduce((safe, secret) => safe.replaceAll(secret, '…'), text)
    .replaceAll(/\s+/g, ' ');
};
