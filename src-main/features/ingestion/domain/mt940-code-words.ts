import { type Information, isReference, oneLine, withWords } from './mt940-information.ts';

/**
 * Field 86 in code words between slashes (`/EREF/…/REMI/…`), as SWIFT's usage rules for MT940 have it and Dutch and
 * Belgian banks write it: Rabobank, ABN AMRO, ING, and others.
 */
const CODE_WORD =
  /\/(EREF|PREF|IREF|KREF|RTRN|MARF|CSID|CNTP|REMI|ORDP|BENM|NAME|ADDR|ISDT|TRTP|IBAN|BBAN|BIC|ULTC|ULTD|ULTB|PURP|ID|SVCL|TRCD|BUSP|EXCH|CHGS|OCMT|RETN)\//g;

/** Code words that no field of a transaction holds: they are shown behind the remittance text. Ultimate parties come first. */
const SHOWN_WORDS = ['ULTC', 'ULTD', 'ULTB', 'MARF', 'CSID', 'RTRN', 'RETN', 'PURP', 'OCMT', 'EXCH', 'CHGS'];

/** Subfields of CNTP (ING): account, BIC, name, city. */
const counterpartyOf = (words: ReadonlyMap<string, string>): { name: string; account: string } => {
  const [account = '', , name = ''] = (words.get('CNTP') ?? '').split('/').map(part => part.trim());
  const party = ['NAME', 'BENM', 'ORDP'].map(word => (words.get(word) ?? '').replaceAll('/', ' ').trim());
  return {
    name: name || (party.find(text => text !== '') ?? ''),
    account: account || (words.get('IBAN') ?? words.get('BBAN') ?? ''),
  };
};

/** REMI holds the remittance text, of ING behind its kind: USTD//text or STRD/issuer/reference. */
const remittanceOf = (text: string): string => oneLine(text.replace(/^(?:USTD\/|STRD\/[A-Z]*)\/?/, ''));

/** Text of one field 86 in code words taken apart; null where it begins with none that is known. */
export const codeWords = (text: string): Information | null => {
  const matches = [...text.matchAll(CODE_WORD)];
  if (matches.length === 0 || text.slice(0, matches[0]!.index).trim() !== '') return null;
  const words = new Map<string, string>();
  matches.forEach((match, i) => {
    const value = text.slice(match.index + match[0].length, matches[i + 1]?.index ?? text.length);
    if (!words.has(match[1]!)) words.set(match[1]!, value.replace(/\/+\s*$/, '').trim());
  });
  const { name, account } = counterpartyOf(words);
  return {
    description: words.has('REMI')
      ? withWords(remittanceOf(words.get('REMI') ?? ''), words, SHOWN_WORDS)
      : oneLine(text),
    counterparty: oneLine(name),
    counterpartyAccount: account,
    reference: [words.get('EREF') ?? '', words.get('PREF') ?? ''].find(isReference) ?? '',
    type: oneLine(words.get('TRTP') ?? ''),
  };
};
