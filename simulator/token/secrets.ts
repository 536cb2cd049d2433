import { createHmac } from 'node:crypto';

const ENCODINGS = ['base64url', 'base64', 'hex'] as const;

const unpadded = (text: string): string => text.replace(/=+$/, '');

/** Each way to write the key down. */
export const keyForms = (key: string): readonly string[] => [
  key,
  ...ENCODINGS.map((form) => unpadded(Buffer.from(key).toString(form))),
];

/** Each way to write down the MAC that makes a body's first two segments a valid token. */
export const macForms = (body: string, key: string): readonly string[] => {
  const [header, payload] = body.split('.');
  if (header === undefined || payload === undefined || payload === '') return [];
  const mac = createHmac('sha256', key).update(`${header}.${payload}`, 'latin1').digest();
  return ENCODINGS.map((form) => unpadded(mac.toString(form)));
};
