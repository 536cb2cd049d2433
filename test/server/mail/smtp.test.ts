import { describe, expect, onTestFinished, test } from 'vitest';
import { HookproofError } from '../../../simulator/index.js';
import { composeDisabled } from '../../../simulator/server/mail/compose/index.js';
import { createSmtpMailer } from '../../../simulator/server/mail/smtp.js';
import type { StoredMail } from '../../../simulator/server/stand-in.js';
import { AT_MS, disabledFacts, sampleHook } from './samples.js';
import { deadPort, startSilent, startSmtp } from './smtp-servers.js';

const FROM = 'Hookproof <hookproof@shop.example>';

const mail = (changes: Partial<StoredMail> = {}): StoredMail => ({
  ...composeDisabled({ ...disabledFacts, hook: sampleHook({ subscriberName: 'Señal ñandú 🔔' }) }),
  id: '42',
  kind: 'disabled',
  hookId: 'HOK1',
  role: 'creator',
  to: 'creator@shop.example',
  language: 'es',
  createdMs: AT_MS,
  sentMs: null,
  error: null,
  ...changes,
});

const mailerTo = (url: string, timeoutMs?: number) => {
  const mailer = createSmtpMailer({ url, from: FROM, ...(timeoutMs && { timeoutMs }) });
  onTestFinished(mailer.close);
  return mailer;
};

const headerOf = (raw: string, name: string): string =>
  new RegExp(`^${name}: (.*(?:\r\n[ \t].*)*)`, 'im').exec(raw)?.[1] ?? '';

/** RFC 2047, as nodemailer writes it. */
const unworded = (text: string): string =>
  text
    .replaceAll(/\?=\s+=\?UTF-8\?[QB]\?/gi, '')
    .replaceAll(/=\?UTF-8\?([QB])\?(.*?)\?=/gi, (_all, kind: string, words: string) =>
      kind.toUpperCase() === 'B'
        ? Buffer.from(words, 'base64').toString('utf8')
        : unquoted(words.replaceAll('_', ' ')),
    );

const unquoted = (text: string): string =>
  Buffer.from(
    text
      .replaceAll('=\r\n', '')
      .replaceAll(/=([0-9A-F]{2})/g, (_all, hex: string) =>
        String.fromCodePoint(Number.parseInt(hex, 16)),
      ),
    'latin1',
  ).toString('utf8');

const partOf = (raw: string, type: string): string => {
  const boundary = /boundary="([^"]+)"/.exec(raw)?.[1] ?? '';
  const part = raw.split(`\r\n--${boundary}`).find((one) => one.includes(`Content-Type: ${type}`));
  const [head = '', ...body] = (part ?? '').split('\r\n\r\n');
  const text = body.join('\r\n\r\n');
  return /base64/i.test(head)
    ? Buffer.from(text, 'base64').toString('utf8')
    : unquoted(text).replaceAll('\r\n', '\n');
};

describe('an e-mail over SMTP', () => {
  test('arrives with both parts and its subject, in UTF-8', async () => {
    const { host, received } = await startSmtp();
    const sent = mail();
    await mailerTo(`smtp://${host}`).send(sent);
    const [{ to, raw } = { to: [], raw: '' }] = received;
    expect(to).toEqual(['creator@shop.example']);
    expect(headerOf(raw, 'Content-Type')).toContain('multipart/alternative');
    expect(unworded(headerOf(raw, 'Subject'))).toBe('Hook deshabilitado: Señal ñandú 🔔');
    expect(partOf(raw, 'text/plain').trimEnd()).toBe(sent.text.trimEnd());
    expect(partOf(raw, 'text/html').trimEnd()).toBe(sent.html.trimEnd());
    expect(headerOf(raw, 'From')).toBe(FROM);
    expect(headerOf(raw, 'Content-Language')).toBe('es');
  });

  test('has one Message-ID, however often it is sent', async () => {
    const { host, received } = await startSmtp();
    const mailer = mailerTo(`smtp://${host}`);
    await mailer.send(mail());
    await mailer.send(mail());
    await mailer.send(mail({ id: '43' }));
    expect(received.map(({ raw }) => headerOf(raw, 'Message-ID'))).toEqual([
      `<42.${AT_MS}.HOK1@shop.example>`,
      `<42.${AT_MS}.HOK1@shop.example>`,
      `<43.${AT_MS}.HOK1@shop.example>`,
    ]);
  });

  test('gets no header and no reader by what stands in it', async () => {
    const { host, received } = await startSmtp();
    const mailer = mailerTo(`smtp://${host}`);
    await mailer.send(mail({ subject: 'Hi\r\nBcc: eve@evil.example' }));
    await mailer
      .send(mail({ to: 'creator@shop.example, eve@evil.example' }))
      .catch(() => undefined);
    expect(headerOf(received[0]?.raw ?? '', 'Bcc')).toBe('');
    for (const { to } of received) expect(to).not.toContain('eve@evil.example');
  });

  test('goes under the user and password of the URL', async () => {
    const seen: unknown[] = [];
    const { host, received } = await startSmtp({
      authOptional: false,
      allowInsecureAuth: true,
      onAuth: ({ username, password }, _session, done) => {
        seen.push(username, password);
        done(null, { user: username ?? '' });
      },
    });
    await mailerTo(`smtp://a%40b:p%2Fw@${host}`).send(mail());
    expect(seen).toEqual(['a@b', 'p/w']);
    expect(received).toHaveLength(1);
  });
});

const answers = (responseCode: number) => {
  const error = Object.assign(new Error('the mailbox is in a mood'), { responseCode });
  return {
    onRcptTo: (_to: unknown, _session: unknown, done: (error: Error) => void) => done(error),
  };
};

describe('what is not taken is told in words', () => {
  test.each([451, 550])('an answer %i', async (code) => {
    const { host } = await startSmtp(answers(code));
    await expect(mailerTo(`smtp://${host}`).send(mail())).rejects.toThrow(
      new RegExp(`${host} did not take it: .*${code} the mailbox is in a mood`),
    );
  });

  test('a port where nothing listens', async () => {
    const host = await deadPort();
    await expect(mailerTo(`smtp://${host}`).send(mail())).rejects.toThrow(
      new RegExp(`${host} did not take it: .*ECONNREFUSED`),
    );
  });

  test('a server that never says a word', async () => {
    const host = await startSilent();
    await expect(mailerTo(`smtp://${host}`, 50).send(mail())).rejects.toThrow(
      `${host} did not take it: Greeting never received`,
    );
  });

  test('a wrong password, without showing it', async () => {
    const { host } = await startSmtp({
      authOptional: false,
      allowInsecureAuth: true,
      onAuth: ({ password }, _session, done) =>
        done(new Error(`no ${password} or ${Buffer.from(password ?? '').toString('base64')} here`)),
    });
    const sending = mailerTo(`smtp://me:hunter2hunter2@${host}`).send(mail());
    await expect(sending).rejects.toThrow('535');
    await expect(sending).rejects.not.toThrow(/hunter2|aHVudGVy/);
  });
});

describe('what cannot be a server or a sender', () => {
  const refusal = (url: string, from = FROM): unknown => {
    try {
      return createSmtpMailer({ url, from });
    } catch (error) {
      return error;
    }
  };

  test.each(['', 'mail.example', 'http://mail.example', 'smtp://', 'smtp://a:%zz@mail.example'])(
    'the URL %j',
    (url) => {
      const error = refusal(url);
      expect(error).toBeInstanceOf(HookproofError);
      expect(error).toMatchObject({ code: 'invalid_argument' });
    },
  );

  test('a URL is not shown, as it may hold a password', () => {
    expect(String(refusal('http://me:hunter2@mail.example'))).not.toContain('hunter2');
  });

  test.each(['', 'shop', 'a@b@c', 'a@b\r\nBcc: c@d'])('the sender %j', (from) => {
    expect(refusal('smtp://127.0.0.1', from)).toMatchObject({ code: 'invalid_argument' });
  });
});
