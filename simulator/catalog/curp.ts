import type { Random } from '../core/random.js';
import { curpCheckDigit } from './check-digits.js';
import type { Identity } from './names.js';

const states =
  'AS BC BS CC CH CL CM CS DF DG GR GT HG JC MC MN MS NL NT OC PL QR QT SL SP SR TC TL TS VZ YN ZS';

/** Upper case without accents; Ñ becomes X, as the registry's rule says. */
const registryLetters = (name: string): string =>
  name
    .toUpperCase()
    .replaceAll('Ñ', 'X')
    .normalize('NFD')
    .replaceAll(/[^A-Z ]/g, '');

const firstInside = (word: string, letters: RegExp): string =>
  letters.exec(word.slice(1))?.[0] ?? 'X';

/** José and María give way to a second given name: too many people have them. */
const tellingName = (given: string): string => {
  const [first = '', second] = registryLetters(given).split(' ');
  return second !== undefined && (first === 'JOSE' || first === 'MARIA') ? second : first;
};

/**
 * Makes the CURP (Mexico, 18 characters) of somebody: four letters of the names, birth date, sex
 * (H or M), state, three inner consonants, a homonymy character (a digit for those born before
 * 2000, a letter after) and the check digit. State and homonymy are drawn.
 */
export const createCurp = (holder: Identity, random: Random): string => {
  const given = tellingName(holder.givenName);
  const father = registryLetters(holder.familyNames[0]);
  const mother = registryLetters(holder.familyNames[1]);
  const consonants = [father, mother, given].map((word) => firstInside(word, /[^AEIOU ]/));
  const seventeen = [
    father.charAt(0) + firstInside(father, /[AEIOU]/) + mother.charAt(0) + given.charAt(0),
    holder.birthDate.replaceAll('-', '').slice(2),
    holder.gender === 'male' ? 'H' : 'M',
    random.pick(states.split(' ')),
    consonants.join(''),
    holder.birthDate < '2000' ? random.integer(0, 9) : random.pick(['A', 'B', 'C', 'D', 'E']),
  ].join('');
  return seventeen + curpCheckDigit(seventeen);
};
