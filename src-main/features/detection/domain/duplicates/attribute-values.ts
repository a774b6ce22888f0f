import type { CodedColumn } from '../../../../kernel/dictionary.ts';
import { UNKNOWN_CODE } from '../../../../kernel/dictionary.ts';
import type { ParameterSpec, Parameters } from '../forensic-test.ts';
import { listParameter } from '../parameters.ts';
import type { TransactionTable } from '../transaction-table.ts';

/** The columns of a table whose values two parties may share. */
export const ATTRIBUTES: ParameterSpec = {
  name: 'attributes',
  kind: 'columns',
  default: '',
  meaning: 'columns to compare (bank account, address, telephone …); none is the counterparty’s account',
};

/** A column whose values identify somebody. */
export interface Attribute {
  readonly name: string;
  readonly column: CodedColumn;
}

/** The attributes a run compares: the columns named, else the counterparty's account; empty where there is neither. */
export const attributesOf = (table: TransactionTable, parameters: Parameters): Attribute[] => {
  const named = listParameter(parameters, 'attributes').flatMap(name => {
    const column = table.named.get(name);
    return column === undefined ? [] : [{ name, column }];
  });
  if (named.length > 0) return named;
  return table.counterpartyAccount === null ? [] : [{ name: 'account', column: table.counterpartyAccount }];
};

/**
 * A value as it is compared: without marks, case and punctuation. A telephone number written with a country code and one
 * without share their last nine digits. Too short a value identifies nobody: ''.
 */
export const foldAttribute = (value: string): string => {
  const folded = value
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
  const telephone = /^[\d\s()+./-]{9,}$/.test(value.trim()) && /[\s()+./-]/.test(value.trim());
  const text = telephone ? folded.slice(-9) : folded;
  return text.length < 5 ? '' : text;
};

/** Codes of folded values: spellings of one value share a code. */
export const foldedColumn = ({ codes, values }: CodedColumn): CodedColumn => {
  const distinct: string[] = [];
  const known = new Map<string, number>();
  const byOld = values.map(value => {
    const folded = foldAttribute(value);
    if (folded === '') return UNKNOWN_CODE;
    const code = known.get(folded) ?? distinct.push(folded) - 1;
    known.set(folded, code);
    return code;
  });
  return { codes: codes.map(code => (code < 0 ? UNKNOWN_CODE : byOld[code]!)), values: distinct };
};
