import { describe, expect, test } from 'vitest';
import { createPerson } from '../../simulator/catalog/index.js';
import {
  cpfCheckDigits,
  curpCheckDigit,
  dniCheckDigit,
  nitCheckDigit,
  rutCheckDigit,
} from '../../simulator/catalog/check-digits.js';
import { createCurp } from '../../simulator/catalog/curp.js';
import { names } from '../../simulator/catalog/names.js';
import { createRandom } from '../../simulator/core/random.js';

const random = createRandom('people');
const everyone = Array.from({ length: 1000 }, () => createPerson(random));
const of = (country: string) => everyone.filter((person) => person.country === country);

/** Words that the Mexican registry does not let four letters spell. */
const inconvenient = new Set(
  (
    'BACA BAKA BUEI BUEY CACA CACO CAGA CAGO CAKA CAKO COGE COGI COJA COJE COJI COJO COLA CULO ' +
    'FALO FETO GETA GUEI GUEY JETA JOTO KACA KACO KAGA KAGO KAKA KAKO KOGE KOGI KOJA KOJE KOJI ' +
    'KOJO KOLA KULO LILO LOCA LOCO LOKA LOKO MAME MAMO MEAR MEAS MEON MIAR MION MOCO MOKO MULA ' +
    'MULO NACA NACO PEDA PEDO PENE PIPI PITO POPO PUTA PUTO QULO RATA ROBA ROBE ROBO RUIN SENO ' +
    'TETA VACA VAGA VAGO VAKA VUEI VUEY WUEI WUEY'
  ).split(' '),
);

describe('documents', () => {
  test('a Brazilian has a CPF of eleven digits, the last two right', () => {
    for (const { document } of of('BR')) {
      expect(document.number).toMatch(/^\d{11}$/);
      expect(document.number.slice(9)).toBe(cpfCheckDigits(document.number.slice(0, 9)));
      expect(document.checkDigit).toBe(document.number.slice(9));
    }
  });

  test('a Chilean has a RUT, some with a K', () => {
    const numbers = of('CL').map(({ document }) => document.number);
    for (const number of numbers) {
      expect(number).toMatch(/^3\d{7}-[\dK]$/);
      expect(number.slice(9)).toBe(rutCheckDigit(number.slice(0, 8)));
    }
    expect(numbers.some((number) => number.endsWith('K'))).toBe(true);
  });

  test('a Colombian has a cédula without a check digit of its own', () => {
    for (const { document } of of('CO')) {
      expect(document.number).toMatch(/^19\d{8}$/);
      expect(document.checkDigit).toBe(nitCheckDigit(document.number));
    }
  });

  test('a Mexican has a CURP that fits name, birth and sex', () => {
    for (const { document, birthDate, gender } of of('MX')) {
      expect(document.number).toMatch(/^[A-Z]{4}\d{6}[HM][A-Z]{5}[0-9A-E]\d$/);
      expect(document.number.slice(4, 10)).toBe(birthDate.replaceAll('-', '').slice(2));
      expect(document.number.charAt(10)).toBe(gender === 'male' ? 'H' : 'M');
      expect(/\d/.test(document.number.charAt(16))).toBe(birthDate < '2000');
      expect(document.number.slice(17)).toBe(curpCheckDigit(document.number.slice(0, 17)));
    }
  });

  test('a Peruvian has a DNI with its check digit beside it', () => {
    for (const { document } of of('PE')) {
      expect(document.number).toMatch(/^5\d{7}$/);
      expect(document.checkDigit).toBe(dniCheckDigit(document.number));
    }
  });
});

describe('a CURP', () => {
  test('takes its letters from the names, as in the published HEGG560427MVZRRL04', () => {
    const curp = createCurp(
      {
        givenName: 'Gloria',
        familyNames: ['Hernández', 'García'],
        gender: 'female',
        birthDate: '1956-04-27',
      },
      createRandom(1),
    );
    expect(curp).toMatch(/^HEGG560427M[A-Z]{2}RRL\d\d$/);
  });

  test('passes over José and María, and writes Ñ as X', () => {
    const curp = createCurp(
      {
        givenName: 'María Íñiga',
        familyNames: ['Ñuño', 'Güemes'],
        gender: 'female',
        birthDate: '2001-02-03',
      },
      createRandom(1),
    );
    expect(curp).toMatch(/^XUGI010203M[A-Z]{2}XMX[A-E]\d$/);
  });

  test('never spells an inconvenient word with the names there are', () => {
    for (const givenName of [...names.MX.female, ...names.MX.male]) {
      for (const father of names.MX.family) {
        for (const mother of names.MX.family) {
          const curp = createCurp(
            { givenName, familyNames: [father, mother], gender: 'male', birthDate: '1990-01-01' },
            createRandom(1),
          );
          expect(inconvenient).not.toContain(curp.slice(0, 4));
        }
      }
    }
  });
});

describe('people', () => {
  test('come from all five countries', () => {
    expect(new Set(everyone.map(({ country }) => country)).size).toBe(5);
  });

  test('are marked as synthetic', () => {
    expect(everyone.every(({ synthetic }) => synthetic)).toBe(true);
  });

  test('share neither document nor e-mail', () => {
    expect(new Set(everyone.map(({ document }) => document.number)).size).toBe(everyone.length);
    expect(new Set(everyone.map(({ email }) => email)).size).toBe(everyone.length);
  });

  test('have e-mails in ASCII under the reserved domains only', () => {
    for (const { email } of everyone) {
      expect(email).toMatch(/^[a-z]+\.[a-z]+\.[0-9a-f]{6}@example\.(com|net|org)$/);
    }
  });

  test.each([
    ['BR', /^\+55\d{2}900\d{6}$/],
    ['CL', /^\+56900\d{6}$/],
    ['CO', /^\+573\d{2}00\d{5}$/],
    ['MX', /^\+52\d{2}00\d{6}$/],
    ['PE', /^\+51900\d{6}$/],
  ])('of %s have telephone numbers of its mobile format, with the zeros', (country, format) => {
    for (const { phoneNumber } of of(country)) expect(phoneNumber).toMatch(format);
  });

  test('have names beyond ASCII, and some beyond the Basic Multilingual Plane', () => {
    const familyNames = everyone.flatMap((person) => person.familyNames);
    expect(familyNames.filter((name) => /\P{ASCII}/u.test(name)).length).toBeGreaterThan(500);
    expect(familyNames.some((name) => /[\u{20000}-\u{2a6df}]/u.test(name))).toBe(true);
    expect(everyone.some(({ alias }) => /[\u{1f000}-\u{1ffff}]/u.test(alias))).toBe(true);
  });

  test('write their names in Unicode normal form C', () => {
    for (const { givenName, familyNames, alias } of everyone) {
      const written = [givenName, ...familyNames, alias].join(' ');
      expect(written.normalize('NFC')).toBe(written);
    }
  });
});
