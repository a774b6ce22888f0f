import { NexusError } from '../../../contract/errors.ts';
import type { SideChoice } from '../../../contract/reconciliation-sides.ts';
import { DEFAULT_SIDES } from '../../../contract/reconciliation-sides.ts';
import type { ReconciliationSummary } from '../../../contract/reconciliations.contract.ts';
import { currencyExponent } from '../../../kernel/currency.ts';
import { formatUnits } from '../../../kernel/decimal.ts';
import type { CodedColumn } from '../../../kernel/dictionary.ts';
import type { ReadStore } from '../../../platform/store.ts';
import { sql } from '../../../platform/store.ts';
import { CaseTable } from '../../ingestion/domain/case-table.ts';
import type { CaseSource } from '../../ingestion/service/case-source.ts';
import { decodeUtf8 } from '../../ingestion/service/decode-utf8.ts';
import type {
  ReconciliationDecisions,
  ReconciliationResult,
  ReconciliationSide,
  UnmatchedRow,
} from '../domain/index.ts';
import { parseReconciliationParameters, reconcile, reconciliationProof } from '../domain/index.ts';
import type { StatementLine } from './balance-lines.ts';
import { balanceLines } from './balance-lines.ts';
import { limitedSide, rowsOfChoice, sourcesOfChoice, statementsOfChoice } from './chosen-side.ts';
import { decisionStateOf, engineDecisions, withRates } from './engine-decisions.ts';
import { onlyCurrencyOf, untoldAccounts } from './proof-of-cash-lines.ts';

export type { StatementLine };
export { balanceLines };

export interface CaseMatch {
  readonly status: 'confirmed' | 'proposed';
  readonly kind: string;
  readonly score: number;
  readonly bank: readonly number[];
  readonly ledger: readonly number[];
  readonly reasons: readonly string[];
}
/** What a row without a partner probably is: a proposal, in plain words. */
export interface CaseProposal {
  readonly kind: string;
  readonly text: string;
}
export interface CaseOrphan {
  readonly side: 'bank' | 'ledger';
  readonly id: number;
  readonly candidates: readonly string[];
  readonly proposals: readonly CaseProposal[];
}
export interface CaseReconciliation {
  readonly summary: ReconciliationSummary;
  readonly matches: readonly CaseMatch[];
  readonly orphans: readonly CaseOrphan[];
}

/** Texts of one side's rows, by row index. */
export interface SideTexts {
  readonly text: readonly string[];
  readonly reference: readonly string[];
}

/** One side of a case as the matching needs it, and what its rows are called in the store. */
export const sideOf = (
  sources: readonly CaseSource[],
  texts: SideTexts,
  repeated: ReadonlySet<number> = new Set(),
): { readonly side: ReconciliationSide; readonly idOf: (index: number) => number } => {
  const table = new CaseTable(sources, decodeUtf8);
  const offsets = table.offsets();
  const indexOf = (id: number): number => {
    const part = sources.findIndex(
      ({ firstTransactionId, columns }) => id >= firstTransactionId && id < firstTransactionId + columns.count,
    );
    return part < 0 ? -1 : offsets[part]! + id - sources[part]!.firstTransactionId;
  };
  return {
    side: {
      rowCount: table.rowCount,
      rowNumber: table.words('rowNumber'),
      day: table.days('bookingDay'),
      amountUnits: table.amounts(),
      scale: table.scale,
      currency: table.coded('currency'),
      account: ownAccounts(table),
      text: index => texts.text[index] ?? '',
      reference: index => texts.reference[index] ?? '',
      repeated: new Set([...repeated].map(indexOf).filter(index => index >= 0)),
    },
    idOf: index => {
      let part = offsets.length - 1;
      while (part > 0 && index < offsets[part]!) part -= 1;
      return sources[part]!.firstTransactionId + index - offsets[part]!;
    },
  };
};

/** The account of each row, where there are several: only then is there something to move between. */
const ownAccounts = (table: CaseTable): CodedColumn | null => {
  const accounts = table.accounts();
  return accounts.values.length > 1 ? accounts : null;
};

const storedTexts = (store: ReadStore, sources: readonly CaseSource[]): SideTexts => {
  const counterparty = new CaseTable(sources, decodeUtf8).coded('counterparty');
  const text: string[] = [];
  const reference: string[] = [];
  for (const source of sources) {
    const rows = store.iterate(
      sql
        .selectFrom('transactions')
        .select(['reference', 'description'])
        .where('id', '>=', source.firstTransactionId)
        .where('id', '<', source.firstTransactionId + source.columns.count)
        .orderBy('id'),
    );
    for (const row of rows) {
      const party = counterparty.values[counterparty.codes[text.length]!] ?? '';
      text.push(`${party} ${row.description}`.trim());
      reference.push(row.reference);
    }
  }
  return { text, reference };
};

/** Matches two sides. Throws NexusError for a parameter that is not known or not valid. */
export const matchSides = (
  bank: ReconciliationSide,
  ledger: ReconciliationSide,
  parameters: Readonly<Record<string, string>>,
  decisions: ReconciliationDecisions = { settled: [], rejected: [] },
  progress: (share: number) => void = () => undefined,
): ReconciliationResult => {
  const parsed = parseReconciliationParameters(parameters);
  if (!parsed.ok) throw new NexusError({ code: parsed.error.code, category: 'usage', message: parsed.error.message });
  return reconcile(bank, ledger, parsed.value, progress, decisions);
};

/** Why a row found no partner, in one line a candidate. */
export const orphanLines = (orphan: UnmatchedRow, other: ReconciliationSide): string[] =>
  orphan.excludedBecause !== null
    ? [orphan.excludedBecause]
    : [
        ...orphan.candidates.map(
          candidate => `row ${other.rowNumber[candidate.index] ?? 0}: ${candidate.refusedBecause.join('; ')}`,
        ),
        ...orphan.limits,
      ];

/** What the engine takes a row without a partner for. */
const proposalsOf = ({ proposals }: UnmatchedRow): CaseProposal[] =>
  proposals.map(({ kind, text }) => ({ kind, text }));

/** The proof that both sides foot, as decimal text. */
export const proofLines = (
  bank: ReconciliationSide,
  ledger: ReconciliationSide,
  result: ReconciliationResult,
): NonNullable<ReconciliationSummary['matched']>['proof'] => {
  const proof = reconciliationProof(bank, ledger, result);
  return proof.currencies.map(line => {
    const text = (units: bigint): string =>
      formatUnits(units, proof.scale, Math.min(proof.scale, currencyExponent(line.currency)));
    return {
      currency: line.currency,
      bankTotal: text(line.bank.total.units),
      ledgerTotal: text(line.ledger.total.units),
      matchedBank: text(line.bank.confirmed.units),
      matchedLedger: text(line.ledger.confirmed.units),
      proposedBank: text(line.bank.proposed.units),
      proposedLedger: text(line.ledger.proposed.units),
      unmatchedBank: text(line.bank.unmatched.units),
      unmatchedLedger: text(line.ledger.unmatched.units),
      difference: text(line.difference),
      foots: line.foots,
    };
  });
};

/** A chosen side of a case as the matching needs it, and what its rows are called in the store. */
const caseSide = (
  store: ReadStore,
  sources: readonly CaseSource[],
  choice: SideChoice,
  repeated: ReadonlySet<number>,
): ReturnType<typeof sideOf> => {
  const whole = sideOf(sources, storedTexts(store, sources), repeated);
  const rows = rowsOfChoice(sources, choice);
  return rows === null
    ? whole
    : { side: limitedSide(whole.side, rows), idOf: index => whole.idOf(rows[index] ?? index) };
};

export interface SidesToReconcile {
  readonly a: SideChoice;
  readonly b: SideChoice;
  readonly parameters: Readonly<Record<string, string>>;
}

/** Reconciles two chosen sides of a case, held to what people decided, and checks the balances of their statements. */
export const reconcileSides = (
  store: ReadStore,
  sources: readonly CaseSource[],
  statements: readonly StatementLine[],
  { a, b, parameters }: SidesToReconcile,
  repeated: ReadonlySet<number>,
  progress: (share: number) => void = () => undefined,
): CaseReconciliation => {
  const bankSources = sourcesOfChoice(sources, a);
  const ledgerSources = sourcesOfChoice(sources, b);
  // The ledger's own side states no balances that a bank confirmed; sides of one kind are both checked.
  const checked = new Set(
    [...bankSources, ...(b.side === 'ledger' ? [] : ledgerSources)].map(source => source.ordinal),
  );
  const balances = balanceLines(statements.filter(line => checked.has(line.source) || bankSources.length === 0));
  if (bankSources.length === 0 || ledgerSources.length === 0)
    return { summary: { matched: null, ...balances }, matches: [], orphans: [] };

  const bank = caseSide(store, bankSources, a, repeated);
  const ledger = caseSide(store, ledgerSources, b, repeated);
  const state = decisionStateOf(store, sources);
  const decisions = engineDecisions(state, bank, ledger);
  const result = matchSides(bank.side, ledger.side, withRates(parameters, state.rates), decisions, progress);
  return {
    summary: {
      matched: {
        confirmed: result.matches.filter(match => match.status === 'confirmed').length,
        proposed: result.matches.filter(match => match.status === 'proposed').length,
        unmatchedBank: result.unmatchedBank.length,
        unmatchedLedger: result.unmatchedLedger.length,
        sign: result.sign.used,
        limits: [
          ...result.notes,
          ...untoldAccounts(statementsOfChoice(sources, statements, a), onlyCurrencyOf(bank.side, result.bankCurrency)),
          ...untoldAccounts(
            statementsOfChoice(sources, statements, b),
            onlyCurrencyOf(ledger.side, result.ledgerCurrency),
          ),
        ],
        proof: proofLines(bank.side, ledger.side, result),
        parameters: { ...result.parameters },
      },
      ...balances,
    },
    matches: result.matches.map(match => ({
      status: match.status,
      kind: match.kind,
      score: match.score,
      bank: match.bank.map(bank.idOf),
      ledger: match.ledger.map(ledger.idOf),
      reasons: match.reasons,
    })),
    orphans: [
      ...result.unmatchedBank.map(row => ({
        side: 'bank' as const,
        id: bank.idOf(row.index),
        candidates: orphanLines(row, ledger.side),
        proposals: proposalsOf(row),
      })),
      ...result.unmatchedLedger.map(row => ({
        side: 'ledger' as const,
        id: ledger.idOf(row.index),
        candidates: orphanLines(row, bank.side),
        proposals: proposalsOf(row),
      })),
    ],
  };
};

/** Reconciles a case's bank side with its ledger side, and checks balances of every statement. */
export const reconcileCase = (
  store: ReadStore,
  sources: readonly CaseSource[],
  statements: readonly StatementLine[],
  parameters: Readonly<Record<string, string>>,
  repeated: ReadonlySet<number>,
): CaseReconciliation => reconcileSides(store, sources, statements, { ...DEFAULT_SIDES, parameters }, repeated);
