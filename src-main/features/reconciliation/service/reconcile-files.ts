import { parseIsoDate, UNKNOWN_DAY } from '../../../kernel/civil-date.ts';
import { utf8 } from '../../../platform/digest.ts';
import { CaseTable } from '../../ingestion/domain/case-table.ts';
import { analysisColumns, shareColumns } from '../../ingestion/domain/shared-columns.ts';
import { statementFacts } from '../../ingestion/domain/statement-facts.ts';
import type { ColumnSlice } from '../../ingestion/domain/transaction-columns.ts';
import type { CaseSource } from '../../ingestion/service/case-source.ts';
import { decodeUtf8 } from '../../ingestion/service/decode-utf8.ts';
import { readSource } from '../../ingestion/service/read-source.ts';
import { partyKey } from '../../standardization/domain/party-key.ts';
import type { ReconciliationSide, UnmatchedRow } from '../domain/index.ts';
import { proofOfCash } from '../domain/index.ts';
import { proofOfCashLines, statedBalances } from './proof-of-cash-lines.ts';
import type { SideTexts, StatementLine } from './reconcile-case.ts';
import { balanceLines, matchSides, orphanLines, proofLines, sideOf } from './reconcile-case.ts';

interface FileSide {
  readonly path: string;
  readonly name: string;
  readonly overrides: Readonly<Record<string, string>>;
}
export interface ReconcileFilesTask {
  readonly task: 'reconcile-files';
  readonly bank: FileSide;
  readonly ledger: FileSide;
  readonly parameters: Readonly<Record<string, string>>;
}

interface ReadSide {
  readonly source: CaseSource;
  readonly texts: SideTexts;
  readonly statements: StatementLine[];
}

const dayOf = (date: string | null | undefined): number =>
  date === null || date === undefined ? UNKNOWN_DAY : (parseIsoDate(date) ?? UNKNOWN_DAY);

const readSide = async (file: FileSide, side: 'bank' | 'ledger'): Promise<ReadSide> => {
  const text: string[] = [];
  const reference: string[] = [];
  const counterparties: string[] = [];
  const onSlice = (slice: ColumnSlice): void => {
    counterparties.push(...slice.newValues.counterparty);
    let start = 0;
    for (let i = 0; i < slice.count; i++) {
      const middle = slice.textEnds[2 * i]!;
      const end = slice.textEnds[2 * i + 1]!;
      reference.push(decodeUtf8(slice.text, start, middle));
      text.push(
        `${counterparties[slice.columns.counterparty[i]!] ?? ''} ${decodeUtf8(slice.text, middle, end)}`.trim(),
      );
      start = end;
    }
  };
  const reading = await readSource({
    origin: { kind: 'file', path: file.path },
    name: file.name,
    overrides: file.overrides,
    seal: null,
    textSeal: null,
    onSlice,
  });
  const { builder } = reading;
  const totals = builder.statements();
  return {
    texts: { text, reference },
    source: {
      ordinal: side === 'bank' ? 1 : 2,
      id: side,
      name: file.name,
      sha256: reading.sha256 ?? '',
      side,
      rejected: builder.rejected.length,
      controlsAgree: null,
      firstTransactionId: 0,
      accounts: totals.map(total => total.header.accountId),
      columns: shareColumns(
        -1,
        analysisColumns(builder.columns()),
        builder.scale,
        name => builder.values(name),
        partyKey,
        utf8,
      ),
    },
    statements: totals.map(statementFacts).map(facts => ({
      source: side === 'bank' ? 1 : 2,
      sourceName: file.name,
      account: facts.account.id,
      currency: facts.account.currency,
      from: dayOf(facts.from),
      to: dayOf(facts.to),
      opening: facts.opening?.amount ?? null,
      openingDay: dayOf(facts.opening?.date),
      closing: facts.closing?.amount ?? null,
      closingDay: dayOf(facts.closing?.date),
      credits: facts.credits,
      debits: facts.debits,
      balanced: facts.balanced,
    })),
  };
};

/** The side of a file, its accounts told apart. */
const withAccounts = ({ source, texts }: ReadSide): ReconciliationSide => ({
  ...sideOf([source], texts).side,
  account: new CaseTable([source], decodeUtf8).accounts(),
});

const onlyCurrency = (side: ReconciliationSide, currencyOf: (index: number) => string | null): string | null => {
  const found = new Set<string | null>();
  for (let index = 0; index < side.rowCount; index++) found.add(currencyOf(index));
  return found.size === 1 ? ([...found][0] ?? null) : null;
};

const orphansOf = (
  rows: readonly UnmatchedRow[],
  own: ReconciliationSide,
  other: ReconciliationSide,
  {
    bankRow,
    ledgerRow,
  }: { readonly bankRow: (index: number) => number; readonly ledgerRow: (index: number) => number },
) =>
  rows.map(row => ({
    row: own.rowNumber[row.index]!,
    candidates: orphanLines(row, other),
    proposals: row.proposals.map(({ kind, text, bank, ledger }) => ({
      kind,
      text,
      bank: bank.map(bankRow),
      ledger: ledger.map(ledgerRow),
    })),
    limits: [...row.limits],
  }));

/** Matches two files directly; rows are called by their row numbers in their files. */
export const reconcileFiles = async (task: ReconcileFilesTask) => {
  const bankFile = await readSide(task.bank, 'bank');
  const ledgerFile = await readSide(task.ledger, 'ledger');
  const bank = withAccounts(bankFile);
  const ledger = withAccounts(ledgerFile);
  const result = matchSides(bank, ledger, task.parameters);
  const bankRow = (index: number): number => bank.rowNumber[index]!;
  const ledgerRow = (index: number): number => ledger.rowNumber[index]!;
  return {
    matches: result.matches.map(match => ({
      bank: match.bank.map(bankRow),
      ledger: match.ledger.map(ledgerRow),
      kind: match.kind,
      score: match.score,
      status: match.status,
      reasons: [...match.reasons],
    })),
    unmatchedBank: result.unmatchedBank.map(({ index }) => bankRow(index)),
    unmatchedLedger: result.unmatchedLedger.map(({ index }) => ledgerRow(index)),
    orphans: {
      bank: orphansOf(result.unmatchedBank, bank, ledger, { bankRow, ledgerRow }),
      ledger: orphansOf(result.unmatchedLedger, ledger, bank, { bankRow, ledgerRow }),
    },
    balance: {
      bank: balanceLines(bankFile.statements).balances,
      ledger: balanceLines(ledgerFile.statements).balances,
      proof: proofLines(bank, ledger, result),
      proofOfCash: proofOfCashLines(
        proofOfCash(bank, ledger, result, {
          bank: statedBalances(bankFile.statements, onlyCurrency(bank, result.bankCurrency)),
          books: statedBalances(ledgerFile.statements, onlyCurrency(ledger, result.ledgerCurrency)),
        }),
        bank,
        ledger,
      ),
    },
    parameters: { ...result.parameters },
    sign: result.sign.used,
    limits: [...result.notes],
  };
};
