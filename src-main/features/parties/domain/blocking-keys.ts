import type { PreparedField } from './prepared-field.ts';
import { soundex } from './soundex.ts';

/** A coarser reading of one field under which records meet: value → key, −1 for none. */
export interface BlockingKey {
  readonly field: number;
  readonly name: string;
  readonly keyOf: Int32Array;
  readonly keyCount: number;
}

const letters = (value: string, count: number): string => {
  const plain = value.replaceAll(' ', '');
  return plain.length < count ? '' : plain.slice(0, count);
};

/** Soundex of each word, or the first letters where the script is not Latin. */
const sound = (value: string): string => {
  const code = soundex(value.replaceAll(' ', ''));
  return code === '' ? letters(value, 3) : code;
};

const half = (value: string, first: boolean): string => {
  const middle = value.length >> 1;
  return value.length < 6 ? '' : first ? value.slice(0, middle) : value.slice(middle);
};

const sortedWords = (value: string): string => value.split(' ').sort().join(' ');

/** Year and the two other numbers in ascending order: day and month swapped meet. */
const yearAndBoth = (digits: string): string => {
  const [a, b] = [digits.slice(4, 6), digits.slice(6, 8)].sort();
  return digits.slice(0, 4) + a! + b!;
};

const rounded = (value: string): string => {
  const number = Number(value);
  return Number.isNaN(number) || number === 0 ? '' : number.toPrecision(2);
};

type Reading = readonly [name: string, read: (value: string, place: number) => string];

/** Readings of a field, the finest first. */
const readingsOf = ({ kind, cores }: PreparedField): readonly Reading[] => {
  switch (kind) {
    case 'given-name':
    case 'surname':
    case 'word':
      return [
        ['equal', value => value],
        ['sound', sound],
        ['first letters', value => letters(value, 3)],
      ];
    case 'name':
    case 'business-name':
    case 'address':
      return [
        ['words', (_, place) => sortedWords(cores[place]!)],
        ['first letters', (_, place) => letters(cores[place]!, 6)],
        ['sound', (_, place) => sound(cores[place]!.split(' ')[0]!)],
      ];
    case 'text':
      return [['first letters', value => letters(value, 12)]];
    case 'date':
      return [
        ['equal', yearAndBoth],
        ['year and month', digits => digits.slice(0, 6)],
        ['month and day', digits => digits.slice(4)],
        ['year', digits => digits.slice(0, 4)],
      ];
    case 'email':
      return [
        ['equal', value => value],
        ['name', value => (value.indexOf('@') >= 4 ? value.slice(0, value.indexOf('@')) : '')],
        ['first letters', value => letters(value, 4)],
      ];
    case 'phone':
      return [
        ['equal', value => value],
        ['last digits', value => (value.length < 8 ? '' : value.slice(-7))],
        ['first half', value => half(value, true)],
        ['second half', value => half(value, false)],
      ];
    case 'postcode':
      return [
        ['equal', value => value],
        ['first characters', value => letters(value, 2)],
      ];
    case 'code':
      return [
        ['equal', value => value],
        ['first half', value => half(value, true)],
        ['second half', value => half(value, false)],
      ];
    case 'number':
      return [
        ['equal', value => value],
        ['two digits', rounded],
      ];
  }
};

/** The readings of a field as keys. */
export const blockingKeys = (field: PreparedField, index: number): BlockingKey[] =>
  readingsOf(field).map(([name, read]) => {
    const numbers = new Map<string, number>();
    const keyOf = Int32Array.from(field.values, (value, place) => {
      const text = read(value, place);
      if (text === '') return -1;
      const known = numbers.get(text);
      if (known !== undefined) return known;
      numbers.set(text, numbers.size);
      return numbers.size - 1;
    });
    return { field: index, name, keyOf, keyCount: numbers.size };
  });
