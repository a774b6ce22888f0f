import { type CodedColumn, UNKNOWN_CODE } from '../../../kernel/dictionary.ts';
import { businessCore } from './business-words.ts';
import { foldCode, foldText } from './fold-text.ts';
import type { LinkageTable } from './linkage-table.ts';

/** One way in which a counterparty appears: a spelling with an account, and how often. */
export interface PartyRecord {
  /** As it stands in the evidence; '' where only an account is known. */
  readonly spelling: string;
  /** Folded, without legal forms and noise words; '' unknown. */
  readonly name: string;
  /** Letters and digits of the account number, folded; '' unknown. */
  readonly account: string;
  /** Transactions it appears in. */
  readonly transactions: number;
}

export interface PartyRecords {
  readonly records: readonly PartyRecord[];
  /** Transaction → record; −1 where neither name nor account is known. */
  readonly recordOf: Int32Array;
}

/**
 * The parties of transactions as records to link: one for each distinct pair of spelling and account, in order of first
 * appearance. `accounts` null: no account of a counterparty is known.
 */
export const partyRecords = (spellings: CodedColumn, accounts: CodedColumn | null): PartyRecords => {
  const folded = accounts?.values.map(foldCode) ?? [];
  const numbers = new Map<string, number>();
  const found: { spelling: string; account: string; transactions: number }[] = [];
  const recordOf = new Int32Array(spellings.codes.length);
  for (let row = 0; row < recordOf.length; row++) {
    const spelling = spellings.values[spellings.codes[row]!] ?? '';
    const account = folded[accounts?.codes[row] ?? UNKNOWN_CODE] ?? '';
    if (foldText(spelling) === '' && account === '') {
      recordOf[row] = -1;
      continue;
    }
    const key = `${account}\u0000${spelling}`;
    let record = numbers.get(key);
    if (record === undefined) {
      record = found.length;
      numbers.set(key, record);
      found.push({ spelling, account, transactions: 0 });
    }
    found[record]!.transactions++;
    recordOf[row] = record;
  }
  return { records: found.map(party => ({ ...party, name: businessCore(foldText(party.spelling)) })), recordOf };
};

/** Party records as a table for `linkRecords`: compared by name and account. Rows are the records' places. */
export const partyTable = (records: readonly PartyRecord[]): LinkageTable => ({
  rowCount: records.length,
  fields: [
    { name: 'name', kind: 'business-name', column: columnOf(records.map(({ spelling }) => spelling)) },
    { name: 'account', kind: 'code', column: columnOf(records.map(({ account }) => account)) },
  ],
  ids: null,
  side: null,
});

const columnOf = (texts: readonly string[]): CodedColumn => {
  const numbers = new Map<string, number>();
  const codes = Int32Array.from(texts, text => {
    if (text === '') return UNKNOWN_CODE;
    const known = numbers.get(text);
    if (known !== undefined) return known;
    numbers.set(text, numbers.size);
    return numbers.size - 1;
  });
  return { codes, values: [...numbers.keys()] };
};
