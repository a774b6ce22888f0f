import { type Information, isReference, oneLine, withWords } from './mt940-information.ts';

/**
 * Structured field 86 of German, Austrian and Polish banks (Deutsche Kreditwirtschaft, DFÜ-Abkommen, Anlage 3, chapter
 * 8.2): a transaction code of three digits, then subfields of a separator and two digits. The separator is `?`; banks
 * also write `>`, `~`, `^`, `@` and others.
 */
const BEGIN = /^\s*(\d{3})?([^\w\s/.,:;+\-()'"])(?=[0-7]\d)/;
/** Width of a purpose subfield and of a name subfield; one that is full goes on in the next. */
const SUBFIELD_WIDTH = 27;
/** Code words in the purpose of SEPA payments, as `EREF+` or, of some banks, `EREF: `. */
const CODE_WORD =
  /(EREF|KREF|MREF|CRED|DEBT|COAM|OAMT|SVWZ|ABWA|ABWE|RREF|PURP|IBAN|BIC)\+|(?<!\S)(EREF|KREF|MREF|CRED|DEBT|SVWZ|ABWA|ABWE|IBAN|BIC): /g;
/** Code words that no field of a transaction holds: they are shown behind the description. Ultimate parties come first. */
const SHOWN_WORDS = ['ABWA', 'ABWE', 'MREF', 'CRED', 'DEBT', 'RREF', 'PURP', 'OAMT', 'COAM'];
const PURPOSE = ['20', '21', '22', '23', '24', '25', '26', '27', '28', '29'];
const MORE_PURPOSE = ['60', '61', '62', '63', '64', '65'];

const subfieldsOf = (text: string, separator: string): ReadonlyMap<string, string> => {
  const found = new Map<string, string>();
  let last = '';
  for (const piece of text.split(separator).slice(1)) {
    const code = piece.slice(0, 2);
    if (/^\d\d$/.test(code)) {
      last = code;
      found.set(code, (found.get(code) ?? '') + piece.slice(2));
      // A separator that begins no subfield is text.
    } else found.set(last, `${found.get(last) ?? ''}${separator}${piece}`);
  }
  return found;
};

/** Subfields one after the other: a full one goes on in the next, after any other a line ends. */
const joined = (pieces: readonly string[]): string =>
  pieces.reduce(
    (text, piece, i) => (i === 0 ? piece : `${text}${pieces[i - 1]!.length === SUBFIELD_WIDTH ? '' : '\n'}${piece}`),
    '',
  );

interface Purpose {
  readonly words: ReadonlyMap<string, string>;
  readonly text: string;
}

/** Takes the code words out of a purpose. SVWZ (the remittance text) runs to the next code word, others to the end of their line. */
const purposeOf = (purpose: string): Purpose => {
  const words = new Map<string, string>();
  const texts: string[] = [];
  let word = '';
  let at = 0;
  const close = (end: number): void => {
    const value = purpose.slice(at, end);
    if (word === '' || word === 'SVWZ') {
      texts.push(value);
      return;
    }
    const lineEnd = value.indexOf('\n');
    const own = lineEnd < 0 ? value : value.slice(0, lineEnd);
    if (!words.has(word)) words.set(word, oneLine(own));
    texts.push(value.slice(own.length));
  };
  for (const match of purpose.matchAll(CODE_WORD)) {
    close(match.index);
    word = match[1] ?? match[2]!;
    at = match.index + match[0].length;
  }
  close(purpose.length);
  return { words, text: oneLine(texts.join(' ')) };
};

const isAccount = (text: string): boolean => /^(?:\d{6,34}|[A-Z]{2}[\dA-Za-z]{13,32})$/.test(text);

/** The counterparty's account: 38 is its IBAN, 31 its number. Triodos puts it into 10, and the account's own number into 31. */
const accountOf = (fields: ReadonlyMap<string, string>, words: ReadonlyMap<string, string>, own: string): string => {
  const field = (code: string): string => (fields.get(code) ?? '').replace(/\s/g, '');
  const number = field('31');
  if (number !== '' && own.endsWith(`/${number}`)) return '';
  if (own.startsWith('TRIODOSBANK/') && isAccount(field('10'))) return field('10');
  return field('38') || number || (words.get('IBAN') ?? '');
};

/** Text of one field 86 in subfields taken apart; null where it is not of that kind. */
export const germanSubfields = (text: string, ownAccount: string | null): Information | null => {
  const begin = BEGIN.exec(text);
  if (begin === null) return null;
  const [, code = '', separator] = begin as unknown as [string, string | undefined, string];
  const fields = subfieldsOf(text, separator);
  const piecesOf = (codes: readonly string[]): string[] => codes.flatMap(each => fields.get(each) ?? []);
  const between = fields.get('29')?.length === SUBFIELD_WIDTH ? '' : '\n';
  const { words, text: purpose } = purposeOf(`${joined(piecesOf(PURPOSE))}${between}${joined(piecesOf(MORE_PURPOSE))}`);
  const name = oneLine(joined(piecesOf(['32', '33'])));
  const references = [words.get('EREF') ?? '', words.get('KREF') ?? ''].filter(isReference);
  return {
    description: withWords(purpose, words, references.length > 1 ? ['KREF', ...SHOWN_WORDS] : SHOWN_WORDS),
    counterparty: name,
    counterpartyAccount: accountOf(fields, words, ownAccount ?? ''),
    reference: references[0] ?? '',
    type: oneLine(`${code} ${fields.get('00') ?? ''}`),
  };
};
