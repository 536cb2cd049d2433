/**
 * Check digits of Latin American identity documents, from their public algorithms. Each function
 * takes the number without its check digit, digits only (letters too in a CURP).
 */

const weightedSum = (digits: string, weightAt: (index: number) => number): number =>
  Array.from(digits, Number).reduce((sum, digit, index) => sum + digit * weightAt(index), 0);

/** Brazil, CPF: two digits after nine, modulo 11 with weights 10..2, then 11..2. */
export const cpfCheckDigits = (nine: string): string => {
  const next = (digits: string): string =>
    String(((weightedSum(digits, (index) => digits.length + 1 - index) * 10) % 11) % 10);
  const first = next(nine);
  return first + next(nine + first);
};

/** Chile, RUT: one character, modulo 11 with weights 2..7 from the right; ten is written K. */
export const rutCheckDigit = (body: string): string => {
  const sum = weightedSum(body, (index) => 2 + ((body.length - 1 - index) % 6));
  return '0K987654321'.charAt(sum % 11);
};

const curpAlphabet = '0123456789ABCDEFGHIJKLMNÑOPQRSTUVWXYZ';

/** Mexico, CURP: the eighteenth character, modulo 10 with weights 18..2 over a 37-letter alphabet. */
export const curpCheckDigit = (seventeen: string): string => {
  const sum = Array.from(seventeen).reduce(
    (total, character, index) => total + curpAlphabet.indexOf(character) * (18 - index),
    0,
  );
  return String((10 - (sum % 10)) % 10);
};

/**
 * Peru, DNI: one character printed apart from the eight digits, modulo 11. Cards carry a digit;
 * those issued until 2007 may carry a letter instead, which is not made here.
 */
export const dniCheckDigit = (eight: string): string => {
  const weights = [3, 2, 7, 6, 5, 4, 3, 2];
  return '65432110987'.charAt(weightedSum(eight, (index) => weights[index] ?? 0) % 11);
};

const nitWeights = [3, 7, 13, 17, 19, 23, 29, 37, 41, 43, 47, 53, 59, 67, 71];

/**
 * Colombia, NIT: the verification digit of the tax registry (DIAN, order 4 of 1989), modulo 11
 * with prime weights from the right. A cédula has no check digit of its own; this is the one its
 * number gets when it serves as a NIT.
 */
export const nitCheckDigit = (number: string): string =>
  '01987654321'.charAt(
    weightedSum(number, (index) => nitWeights[number.length - 1 - index] ?? 0) % 11,
  );
