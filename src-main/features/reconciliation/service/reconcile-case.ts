import { NexusError } from '../../../contract/errors.ts';
import type { ReconciliationSummary } from '../../../contract/reconciliations.contract.ts';
import { isoDate, UNKNOWN_DAY } from '../../../kernel/civil-date.ts';
import { currencyExponent } from '../../../kernel/currency.ts';
import { formatUnits } from '../../../kernel/decimal.ts';
import type { ReadStore } from '../../../platform/store.ts';
import { sql } from '../../../platform/store.ts';
import { balanceDifference, unitsOfText } from '../../ingestion/domain/balanced.ts';
import { CaseTable } from '../../ingestion/domain/case-table.ts';
import type { CaseSource } from '../../ingestion/service/case-source.ts';
import { decodeUtf8 } from '../../ingestion/service/decode-utf8.ts';
import type { ReconciliationResult, ReconciliationSide, UnmatchedRow } from '../domain/index.ts';
import { checkBalances, parseReconciliationParameters, reconcile, reconciliationProof } from '../domain/index.ts';

/** A stored statement as balances need it. */
export interface StatementLine {
  readonly source: number;
  readonly sourceName: string;
  readonly account: string | null;
  readonly currency: string | null;
  readonly from: number;
  readonly to: number;
  readonly opening: string | null;
  readonly openingDay: number;
  readonly closing: string | null;
  readonly closingDay: number;
  readonly credits: string;
  readonly debits: string;
  readonly balanced: boolean | null;
}

export interface CaseMatch {
  readonly status: 'confirmed' | 'proposed';
  readonly kind: string;
  readonly score: number;
  readonly bank: readonly number[];
  readonly ledger: readonly number[];
  readonly reasons: readonly string[];
}
export interface CaseOrphan {
  readonly side: 'bank' | 'ledger';
  readonly id: number;
  readonly candidates: readonly string[];
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
): ReconciliationResult => {
  const parsed = parseReconciliationParameters(parameters);
  if (!parsed.ok) throw new NexusError({ code: parsed.error.code, category: 'usage', message: parsed.error.message });
  return reconcile(bank, ledger, parsed.value, () => undefined);
};

/** Why a row found no partner, in one line a candidate. */
export const orphanLines = (orphan: UnmatchedRow, other: ReconciliationSide): string[] =>
  orphan.excludedBecause !== null
    ? [orphan.excludedBecause]
    : orphan.candidates.map(
        candidate => `row ${other.rowNumber[candidate.index] ?? 0}: ${candidate.refusedBecause.join('; ')}`,
      );

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

/** Days no daily statement covers at Easter (Friday to Monday), the longest usual row of bank holidays; the balance must carry over them. */
const QUIET_DAYS = 4;

const SCALE = 9;
const units = (text: string): bigint => unitsOfText(text, SCALE) ?? 0n;
const dateText = (day: number): string | null => (day === UNKNOWN_DAY ? null : isoDate(day));

/** Balance lines and chain issues of statements. */
export const balanceLines = (
  statements: readonly StatementLine[],
): Pick<ReconciliationSummary, 'balances' | 'chain'> => {
  const check = checkBalances(
    statements.map(line => ({
      accountId: line.account,
      currency: line.currency,
      opening: line.opening === null ? null : { units: units(line.opening), scale: SCALE, date: line.openingDay },
      closing: line.closing === null ? null : { units: units(line.closing), scale: SCALE, date: line.closingDay },
      // The days of the transactions are no stated period: quiet days at either end are no gap.
      from: UNKNOWN_DAY,
      to: UNKNOWN_DAY,
      sumUnits: units(line.credits) - units(line.debits),
      sumScale: SCALE,
    })),
  );
  const decimals = (line: StatementLine): number => currencyExponent(line.currency);
  return {
    balances: statements.map(line => {
      const difference = balanceDifference(line.opening, line.credits, line.debits, line.closing);
      return {
        account: line.account,
        currency: line.currency,
        source: line.sourceName,
        from: dateText(line.from),
        to: dateText(line.to),
        opening: line.opening,
        credits: line.credits,
        debits: line.debits,
        closing: line.closing,
        balanced: line.balanced,
        difference:
          difference === null
            ? null
            : formatUnits(difference.units, difference.scale, Math.min(difference.scale, decimals(line))),
      };
    }),
    chain: check.chains.flatMap(chain =>
      chain.problems.flatMap(problem => {
        if (problem.kind === 'unknown') return [];
        if (problem.kind === 'gap' && problem.difference?.units === 0n && (problem.days ?? 0) <= QUIET_DAYS) return [];
        const before = statements[problem.before]!;
        const after = statements[problem.after]!;
        const between = `${before.sourceName} (to ${dateText(before.to) ?? 'an unknown day'}) and ${after.sourceName} (from ${dateText(after.from) ?? 'an unknown day'})`;
        const amount =
          problem.difference === null
            ? ''
            : formatUnits(problem.difference.units, problem.difference.scale, decimals(after));
        const what = {
          break: `the closing balance ${before.closing} is not the next opening balance ${after.opening} (difference ${amount})`,
          gap: `${problem.days} days are covered by no statement`,
          overlap: `${problem.days} days are covered twice`,
        }[problem.kind];
        return [{ kind: problem.kind, account: chain.accountId, message: `Between ${between}: ${what}.` }];
      }),
    ),
  };
};

/** Reconciles a case's bank side with its ledger side, and checks balances of every statement. */
export const reconcileCase = (
  store: ReadStore,
  sources: readonly CaseSource[],
  statements: readonly StatementLine[],
  parameters: Readonly<Record<string, string>>,
  repeated: ReadonlySet<number>,
): CaseReconciliation => {
  const bankSources = sources.filter(source => source.side === 'bank');
  const ledgerSources = sources.filter(source => source.side === 'ledger');
  const bankOrdinals = new Set(bankSources.map(source => source.ordinal));
  const balances = balanceLines(statements.filter(line => bankOrdinals.has(line.source) || bankSources.length === 0));
  if (bankSources.length === 0 || ledgerSources.length === 0)
    return { summary: { matched: null, ...balances }, matches: [], orphans: [] };

  const bank = sideOf(bankSources, storedTexts(store, bankSources), repeated);
  const ledger = sideOf(ledgerSources, storedTexts(store, ledgerSources), repeated);
  const result = matchSides(bank.side, ledger.side, parameters);
  return {
    summary: {
      matched: {
        confirmed: result.matches.filter(match => match.status === 'confirmed').length,
        proposed: result.matches.filter(match => match.status === 'proposed').length,
        unmatchedBank: result.unmatchedBank.length,
        unmatchedLedger: result.unmatchedLedger.length,
        sign: result.sign.used,
        limits: [...result.notes],
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
      })),
      ...result.unmatchedLedger.map(row => ({
        side: 'ledger' as const,
        id: ledger.idOf(row.index),
        candidates: orphanLines(row, bank.side),
      })),
    ],
  };
};
