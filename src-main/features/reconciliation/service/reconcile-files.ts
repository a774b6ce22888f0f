import type { Output } from '../../../engine/handler.ts';
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
import { onlyCurrencyOf, proofOfCashLines, statedBalances, untoldAccounts } from './proof-of-cash-lines.ts';
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
  readonly rejected: Output<'files.reconcile'>['files'][number]['rejected'];
  readonly warnings: Output<'files.reconcile'>['files'][number]['warnings'];
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
    rejected: builder.rejected.map(({ place, reason, raw }) => ({ row: place.row, reason, raw })),
    warnings: builder.warnings.map(warning => ({ ...warning })),
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

/** What was read of a side's file, and what could not be: nothing of it is in any figure. */
const fileOf = ({ source, rejected, warnings }: ReadSide): Output<'files.reconcile'>['files'][number] => ({
  side: source.side === 'ledger' ? 'ledger' : 'bank',
  name: source.name,
  sha256: source.sha256,
  rows: source.columns.count,
  rejected,
  warnings,
});

const unreadLimits = (files: Output<'files.reconcile'>['files']): string[] =>
  files.flatMap(({ side, name, rejected }) =>
    rejected.length === 0
      ? []
      : [
          `${rejected.length} ${rejected.length === 1 ? 'row' : 'rows'} of the ${side} file ${name} could not be read: ${rejected.length === 1 ? 'it is' : 'they are'} in no match and in no total`,
        ],
  );

/**
 * Matches two files directly; rows are called by their row numbers in their files. Rows that could not be read and the notes
 * of both files are answered with it. Throws NexusError for a file that is refused and for a parameter that is not valid.
 */
export const reconcileFiles = async (task: ReconcileFilesTask): Promise<Output<'files.reconcile'>> => {
  const bankFile = await readSide(task.bank, 'bank');
  const ledgerFile = await readSide(task.ledger, 'ledger');
  const bank = withAccounts(bankFile);
  const ledger = withAccounts(ledgerFile);
  const result = matchSides(bank, ledger, task.parameters);
  const bankRow = (index: number): number => bank.rowNumber[index]!;
  const ledgerRow = (index: number): number => ledger.rowNumber[index]!;
  const files = [fileOf(bankFile), fileOf(ledgerFile)];
  const balances = { bank: balanceLines(bankFile.statements), ledger: balanceLines(ledgerFile.statements) };
  const currencies = {
    bank: onlyCurrencyOf(bank, result.bankCurrency),
    ledger: onlyCurrencyOf(ledger, result.ledgerCurrency),
  };
  const cash = proofOfCashLines(
    proofOfCash(bank, ledger, result, {
      bank: statedBalances(bankFile.statements, currencies.bank),
      books: statedBalances(ledgerFile.statements, currencies.ledger),
    }),
    bank,
    ledger,
  );
  return {
    files,
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
      bank: balances.bank.balances,
      ledger: balances.ledger.balances,
      chain: { bank: balances.bank.chain, ledger: balances.ledger.chain },
      proof: proofLines(bank, ledger, result),
      proofOfCash: {
        ...cash,
        limits: [
          ...cash.limits,
          ...untoldAccounts(bankFile.statements, currencies.bank),
          ...untoldAccounts(ledgerFile.statements, currencies.ledger),
        ],
      },
    },
    parameters: { ...result.parameters },
    sign: result.sign.used,
    limits: [...unreadLimits(files), ...result.notes],
  };
};
