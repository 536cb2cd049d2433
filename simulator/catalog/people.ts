import type { Random } from '../core/random.js';
import {
  cpfCheckDigits,
  curpCheckDigit,
  dniCheckDigit,
  nitCheckDigit,
  rutCheckDigit,
} from './check-digits.js';
import { createCurp } from './curp.js';
import { aliases, names, readings, type Country, type Identity } from './names.js';

export interface IdentityDocument {
  readonly kind: 'cedula' | 'cpf' | 'curp' | 'dni' | 'rut';
  /** As it is written in a payload: a CPF, RUT or CURP includes its check digits. */
  readonly number: string;
  /**
   * The check digits alone. A DNI prints its own beside the number. A cédula has none: this is the
   * verification digit its number gets as a NIT.
   */
  readonly checkDigit: string;
}

/**
 * Somebody who does not exist. Names, documents, telephone and e-mail are invented: e-mails lie
 * under the reserved `example` domains (RFC 2606), telephone numbers have the country's mobile
 * format with zeros where the subscriber's part starts, documents have right check digits and,
 * where a range seems unused, come from it. A document can still be somebody's by chance.
 */
export interface Person extends Identity {
  readonly synthetic: true;
  readonly country: Country;
  readonly alias: string;
  readonly document: IdentityDocument;
  /** E.164 */
  readonly phoneNumber: string;
  readonly email: string;
}

const digits = (random: Random, length: number): string =>
  String(random.integer(0, 10 ** length - 1)).padStart(length, '0');

interface Customs {
  readonly document: (random: Random, holder: Identity) => IdentityDocument;
  readonly phoneNumber: (random: Random) => string;
}

const customs: Readonly<Record<Country, Customs>> = {
  BR: {
    document: (random) => {
      const body = digits(random, 9);
      const checkDigit = cpfCheckDigits(body);
      return { kind: 'cpf', number: body + checkDigit, checkDigit };
    },
    phoneNumber: (random) => `+55${random.pick(['11', '21', '31', '71'])}900${digits(random, 6)}`,
  },
  CL: {
    // INF: people's numbers have not reached 30 million yet; companies start at 50.
    document: (random) => {
      const body = `3${digits(random, 7)}`;
      const checkDigit = rutCheckDigit(body);
      return { kind: 'rut', number: `${body}-${checkDigit}`, checkDigit };
    },
    phoneNumber: (random) => `+56900${digits(random, 6)}`,
  },
  CO: {
    // INF: the ten-digit numbers given so far start with 10, 11 or 12.
    document: (random) => {
      const number = `19${digits(random, 8)}`;
      return { kind: 'cedula', number, checkDigit: nitCheckDigit(number) };
    },
    phoneNumber: (random) => `+573${random.pick(['00', '10', '15', '20'])}00${digits(random, 5)}`,
  },
  MX: {
    document: (random, holder) => {
      const number = createCurp(holder, random);
      return { kind: 'curp', number, checkDigit: curpCheckDigit(number.slice(0, 17)) };
    },
    phoneNumber: (random) => `+52${random.pick(['33', '55', '81'])}00${digits(random, 6)}`,
  },
  PE: {
    // INF: no series starts with 5; 0 to 4 are adults', 6 to 9 started as children's.
    document: (random) => {
      const number = `5${digits(random, 7)}`;
      return { kind: 'dni', number, checkDigit: dniCheckDigit(number) };
    },
    phoneNumber: (random) => `+51900${digits(random, 6)}`,
  },
};

const countries = Object.keys(customs) as readonly Country[];

const folded = (name: string): string =>
  (readings.get(name) ?? name)
    .normalize('NFD')
    .toLowerCase()
    .replaceAll(/[^a-z]/g, '');

const createBirthDate = (random: Random): string => {
  const two = (min: number, max: number) => String(random.integer(min, max)).padStart(2, '0');
  return `${random.integer(1950, 2005)}-${two(1, 12)}-${two(1, 28)}`;
};

/** Draws a person of one of the five countries. */
export const createPerson = (random: Random): Person => {
  const country = random.pick(countries);
  const gender = random.pick(['female', 'male'] as const);
  const holder: Identity = {
    givenName: random.pick(names[country][gender]),
    familyNames: [random.pick(names[country].family), random.pick(names[country].family)],
    gender,
    birthDate: createBirthDate(random),
  };
  const mailbox = [holder.givenName, holder.familyNames[0]].map(folded).join('.');
  return {
    synthetic: true,
    country,
    ...holder,
    alias: random.pick(aliases),
    document: customs[country].document(random, holder),
    phoneNumber: customs[country].phoneNumber(random),
    email: `${mailbox}.${random.hex(6)}@example.${random.pick(['com', 'net', 'org'])}`,
  };
};
