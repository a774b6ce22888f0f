import type { Output } from '../../../engine/handler.ts';
import type { CodedColumn } from '../../../kernel/dictionary.ts';
import { CaseTable } from '../../ingestion/domain/case-table.ts';
import type { CaseSource } from '../../ingestion/service/case-source.ts';
import { decodeUtf8 } from '../../ingestion/service/decode-utf8.ts';

type Option = Output<'reconciliations.options'>['sources'][number];

/** Most accounts of one file that can be told apart in a list a person reads. */
const MOST_ACCOUNTS = 2_000;

const counted = ({ codes, values }: CodedColumn): Option['accounts'] => {
  const rows = new Float64Array(values.length + 1);
  for (const code of codes) rows[code < 0 ? values.length : code] = (rows[code < 0 ? values.length : code] ?? 0) + 1;
  return Array.from(rows, (count, code) => ({ account: values[code] ?? '', rows: count }))
    .filter(({ rows: count }) => count > 0)
    .sort((a, b) => (a.account < b.account ? -1 : 1))
    .slice(0, MOST_ACCOUNTS);
};

/** What sides can be chosen from: each file with the accounts in it. '' stands for rows that state none. */
export const sideOptions = (sources: readonly CaseSource[]): Option[] =>
  sources.map(source => {
    const table = new CaseTable([source], decodeUtf8);
    return {
      id: source.id,
      name: source.name,
      side: source.side,
      rows: source.columns.count,
      accounts: counted(table.accounts()),
      ledgerAccounts: counted(table.coded('ledgerAccount')).filter(({ account }) => account !== ''),
    };
  });
