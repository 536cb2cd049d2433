import { describe, expect, test } from 'vitest';
import {
  cpfCheckDigits,
  curpCheckDigit,
  dniCheckDigit,
  nitCheckDigit,
  rutCheckDigit,
} from '../../simulator/catalog/check-digits.js';

// Published examples: none belongs to somebody who did not publish it.
describe('check digits', () => {
  test.each([
    ['529982247', '25'],
    ['390533447', '05'],
    ['111444777', '35'],
  ])('CPF %s-%s', (body, expected) => {
    expect(cpfCheckDigits(body)).toBe(expected);
  });

  test.each([
    ['12345678', '5'],
    ['76086428', '5'],
    ['12531909', '2'],
    ['6', 'K'],
    ['14', '0'],
  ])('RUT %s-%s', (body, expected) => {
    expect(rutCheckDigit(body)).toBe(expected);
  });

  test.each([
    ['BOXW310820HNERXN0', '9'],
    ['HEGG560427MVZRRL0', '4'],
    ['SABC560626MDFLRN0', '1'],
  ])('CURP %s%s', (body, expected) => {
    expect(curpCheckDigit(body)).toBe(expected);
  });

  test.each([
    ['10117410', '2'],
    ['42388604', '3'],
  ])('DNI %s-%s', (body, expected) => {
    expect(dniCheckDigit(body)).toBe(expected);
  });

  test.each([
    ['213123432', '1'],
    ['890903938', '8'],
    ['899999068', '1'],
    ['800197268', '4'],
    ['800191045', '1'],
  ])('NIT %s-%s', (body, expected) => {
    expect(nitCheckDigit(body)).toBe(expected);
  });

  test.each([
    ['CPF', cpfCheckDigits, '529982247', '529982274'],
    ['RUT', rutCheckDigit, '12345678', '12345687'],
    ['DNI', dniCheckDigit, '10117410', '10117401'],
    ['NIT', nitCheckDigit, '800197268', '800197286'],
    ['CURP', curpCheckDigit, 'HEGG560427MVZRRL0', 'HEGG560472MVZRRL0'],
  ])('%s notices two neighbours exchanged', (_name, checkDigit, right, exchanged) => {
    expect(checkDigit(exchanged)).not.toBe(checkDigit(right));
  });
});
