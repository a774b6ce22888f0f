import { closeSync, openSync, writeSync } from 'node:fs';
import { numbers } from './generate-file.ts';

/**
 * Seeded people with known duplicates, in the manner of Febrl's generator (Christen 2005, "Probabilistic Data Generation
 * for Deduplication and Data Linkage"): originals drawn from frequency tables, copies of them corrupted by typing slips,
 * lost values, swapped names and moved words. True pairs share `entity`.
 */

const ONSETS = [
  'b',
  'br',
  'c',
  'ch',
  'd',
  'f',
  'g',
  'gr',
  'h',
  'j',
  'k',
  'l',
  'm',
  'n',
  'p',
  'r',
  's',
  'sh',
  'st',
  't',
  'v',
  'w',
];
const VOWELS = ['a', 'e', 'i', 'o', 'u', 'ai', 'ee', 'ou'];
const CODAS = ['', 'n', 'r', 's', 'l', 'm', 't', 'ck', 'nd', 'th'];
const STREETS = ['street', 'road', 'avenue', 'place', 'crescent', 'circuit', 'close', 'drive'];
const STATES = ['nsw', 'vic', 'qld', 'wa', 'sa', 'tas', 'act', 'nt'];
const COLUMNS = [
  'rec_id',
  'given_name',
  'surname',
  'street_number',
  'address_1',
  'suburb',
  'postcode',
  'state',
  'date_of_birth',
  'soc_sec_id',
  'entity',
] as const;

type Person = Record<(typeof COLUMNS)[number], string>;

/** Copies an original has at most, and slips a copy has at most. */
const MOST_COPIES = 3;
const MOST_SLIPS = 4;

/** Writes `rows` people as CSV, about two of five rows corrupted copies; answers the number of true pairs. */
export const generatePeople = (path: string, rows: number, seed: number): number => {
  const next = numbers(seed);
  for (let i = 0; i < 20; i++) next();
  const below = (limit: number): number => next() % limit;
  const pick = <T>(list: readonly T[]): T => list[below(list.length)]!;
  const word = (syllables: number): string =>
    Array.from({ length: syllables }, () => pick(ONSETS) + pick(VOWELS)).join('') + pick(CODAS);
  const words = (count: number, syllables: () => number): string[] => {
    const made = new Set<string>();
    while (made.size < count) made.add(word(syllables()));
    return [...made];
  };
  // The product of three even draws falls off like the frequencies of names do.
  const common = <T>(list: readonly T[]): T =>
    list[Math.floor((below(1e6) / 1e6) * (below(1e6) / 1e6) * (below(1e6) / 1e6) * list.length)]!;
  const given = words(800, () => 1 + below(2));
  const surnames = words(5_000, () => 2 + below(2));
  const streets = words(4_000, () => 2 + below(2));
  const suburbs = words(2_500, () => 2 + below(2)).map((name, i) => ({
    name,
    postcode: String(2000 + ((i * 37) % 7000)),
    state: STATES[i % STATES.length]!,
  }));
  const digits = (count: number): string => Array.from({ length: count }, () => below(10)).join('');

  const original = (entity: number): Person => {
    const suburb = common(suburbs);
    return {
      rec_id: `rec-${entity}-org`,
      given_name: common(given),
      surname: common(surnames),
      street_number: String(1 + below(300)),
      address_1: `${pick(streets)} ${pick(STREETS)}`,
      suburb: suburb.name,
      postcode: suburb.postcode,
      state: suburb.state,
      date_of_birth: `${1920 + below(90)}${String(1 + below(12)).padStart(2, '0')}${String(1 + below(28)).padStart(2, '0')}`,
      soc_sec_id: digits(7),
      entity: String(entity),
    };
  };
  const slipped = (text: string): string => {
    if (text.length < 2) return text;
    const at = below(text.length);
    const sign = /^\d+$/.test(text) ? String(below(10)) : String.fromCharCode(97 + below(26));
    switch (below(4)) {
      case 0:
        return text.slice(0, at) + sign + text.slice(at);
      case 1:
        return text.slice(0, at) + text.slice(at + 1);
      case 2:
        return text.slice(0, at) + sign + text.slice(at + 1);
      default:
        return at + 1 < text.length ? text.slice(0, at) + text[at + 1]! + text[at]! + text.slice(at + 2) : text;
    }
  };
  const SLIPPING = COLUMNS.slice(1, -1);
  const copy = (person: Person, number: number): Person => {
    const made = { ...person, rec_id: `rec-${person.entity}-dup-${number}` };
    for (let slips = 1 + below(MOST_SLIPS); slips > 0; slips--) {
      const column = pick(SLIPPING);
      const kind = below(20);
      if (kind === 0) [made.given_name, made.surname] = [made.surname, made.given_name];
      else if (kind < 4) made[column] = '';
      else if (kind === 4) made.address_1 = made.address_1.split(' ').reverse().join(' ');
      else made[column] = slipped(made[column]);
    }
    return made;
  };

  const fd = openSync(path, 'w');
  let text = `${COLUMNS.join(',')}\n`;
  let truePairs = 0;
  let written = 0;
  const put = (person: Person): void => {
    text += `${COLUMNS.map(column => person[column]).join(',')}\n`;
    written++;
    if (text.length > 1 << 20) {
      writeSync(fd, text);
      text = '';
    }
  };
  for (let entity = 0; written < rows; entity++) {
    const person = original(entity);
    const copies = below(2) === 0 ? 0 : 1 + below(MOST_COPIES);
    let records = 0;
    for (let number = -1; number < copies && written < rows; number++, records++)
      put(number < 0 ? person : copy(person, number));
    truePairs += (records * (records - 1)) / 2;
  }
  writeSync(fd, text);
  closeSync(fd);
  return truePairs;
};
