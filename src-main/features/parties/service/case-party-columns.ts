import type { CodedColumn } from '../../../kernel/dictionary.ts';
import { Dictionary, UNKNOWN_CODE } from '../../../kernel/dictionary.ts';
import { CaseTable } from '../../ingestion/domain/case-table.ts';
import type { CaseSource } from '../../ingestion/service/case-source.ts';
import { decodeUtf8 } from '../../ingestion/service/decode-utf8.ts';
import { standardAccount } from '../../standardization/domain/index.ts';

/** A case's transactions as the parties they were made with. */
export interface CasePartyColumns {
  readonly table: CaseTable;
  /** Standardized party key of each row. */
  readonly party: CodedColumn;
  readonly spelling: CodedColumn;
  /** Counterparty account of each row, in its standard form. */
  readonly account: CodedColumn;
}

export const casePartyColumns = (sources: readonly CaseSource[]): CasePartyColumns => {
  const table = new CaseTable(sources, decodeUtf8);
  const written = table.coded('counterpartyAccount');
  const standard = new Dictionary();
  const codeOf = written.values.map(account => standard.code(standardAccount(account).standardized));
  return {
    table,
    party: table.coded('party'),
    spelling: table.coded('counterparty'),
    account: {
      codes: written.codes.map(code => (code < 0 ? UNKNOWN_CODE : codeOf[code]!)),
      values: standard.values,
    },
  };
};
