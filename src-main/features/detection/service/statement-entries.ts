import type { CodedColumn } from '../../../kernel/dictionary.ts';
import { UNKNOWN_CODE } from '../../../kernel/dictionary.ts';

/** Statements times entries that still make an exact key. */
const MOST_KEYS = Number.MAX_SAFE_INTEGER;

/**
 * Journal entries told apart by statement (a ledger of a file): voucher 1 of two years or companies are two entries. Where an
 * entry occurs in one statement only, which is the rule, its code stays. `statements` is one number a row, 0 or more.
 */
export const entriesOfStatements = (entries: CodedColumn, statements: Int32Array): CodedColumn => {
  const { codes, values } = entries;
  const firstStatement = new Int32Array(values.length).fill(UNKNOWN_CODE);
  let shared = false;
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row]!;
    if (code < 0) continue;
    if (firstStatement[code]! < 0) firstStatement[code] = statements[row]!;
    else if (firstStatement[code] !== statements[row]) shared = true;
  }
  if (!shared) return entries;
  const own = codes.slice();
  const names = [...values];
  const others = new Map<number, number>();
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row]!;
    const statement = statements[row]!;
    if (code < 0 || firstStatement[code] === statement) continue;
    const key = statement * values.length + code;
    if (key > MOST_KEYS)
      throw new Error(`${values.length} entries in ${statement} statements are too many to tell apart`);
    let other = others.get(key);
    if (other === undefined) {
      other = names.push(values[code]!) - 1;
      others.set(key, other);
    }
    own[row] = other;
  }
  return { codes: own, values: names };
};
