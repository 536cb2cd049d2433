/**
 * Invented people are put together from these lists. The names are common ones with the accents,
 * ñ, ç and ü that careless receivers lose; a few lie outside the Basic Multilingual Plane.
 */

export type Country = 'BR' | 'CL' | 'CO' | 'MX' | 'PE';

export interface Identity {
  readonly givenName: string;
  /** Father's name first, then mother's. */
  readonly familyNames: readonly [string, string];
  readonly gender: 'female' | 'male';
  /** YYYY-MM-DD */
  readonly birthDate: string;
}

interface NameLists {
  readonly female: readonly string[];
  readonly male: readonly string[];
  readonly family: readonly string[];
}

export const names: Readonly<Record<Country, NameLists>> = {
  BR: {
    female: ['Antônia', 'Conceição', 'Íris', 'Luíza', 'Verônica'],
    male: ['Ângelo', 'Caetano', 'Estêvão', 'João', 'Luís'],
    family: ['Araújo', 'Assunção', 'Brandão', 'Gonçalves', 'Magalhães', 'Simões', 'Vilaça'],
  },
  CL: {
    female: ['Antonia', 'Belén', 'Josefa', 'Renée', 'Rocío'],
    male: ['Benjamín', 'Cristóbal', 'Joaquín', 'Matías', 'Raúl'],
    family: ['Cáceres', 'Errázuriz', 'Ibáñez', 'Muñoz', 'Ñanculef', 'Sepúlveda', 'Yáñez'],
  },
  CO: {
    female: ['Ángela', 'Inés', 'Nohemí', 'Sofía', 'Valentina'],
    male: ['Andrés', 'Efraín', 'Germán', 'Iván', 'Wílmar'],
    family: ['Bolaños', 'Chacón', 'Gutiérrez', 'Núñez', 'Ordóñez', 'Peña', 'Quiñones'],
  },
  MX: {
    female: ['Begoña', 'Itzel', 'María Fernanda', 'Mónica', 'Ximena'],
    male: ['Adrián', 'Íñigo', 'José Ángel', 'Óscar', 'Tomás'],
    family: ['Ávila', 'Ceceña', 'Garduño', 'Güemes', 'Ibáñez', 'Muñoz', 'Zúñiga'],
  },
  PE: {
    female: ['Kiyomi', 'Milagros', 'Rosalía', 'Úrsula', 'Yahaíra'],
    male: ['Álvaro', 'Hiroshi', 'Jesús', 'Nicolás', 'Rubén'],
    // The last two are Japanese names in rare forms: 𠮷 is U+20BB7, 𣘺 is U+2363A.
    family: ['Ccori', 'Huamán', 'Ñahui', 'Quispe', 'Vílchez', '𠮷田', '𣘺本'],
  },
};

/** How the names that no folding turns into ASCII are read. */
export const readings: ReadonlyMap<string, string> = new Map([
  ['𠮷田', 'Yoshida'],
  ['𣘺本', 'Hashimoto'],
]);

/** Nicknames as people write them in a messenger: emoji, joined ones, script letters. */
export const aliases: readonly string[] = [
  'Lucho 🦙',
  'Nena 🌺',
  'El Profe 🎓',
  'Tía Chelo 👩‍👧‍👦',
  '🏴‍☠️ Capi',
  '𝓢𝓸𝓯𝓲',
  'Doña Ñata',
  'Beto',
];
