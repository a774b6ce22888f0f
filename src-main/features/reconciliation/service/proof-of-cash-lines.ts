import { isoDate } from '../../../kernel/civil-date.ts';
import { currencyExponent } from '../../../kernel/currency.ts';
import { formatUnits } from '../../../kernel/decimal.ts';
import { unitsOfText } from '../../ingestion/domain/balanced.ts';
import type { CashFigure, ProofOfCash, ReconciliationSide, StatedBalances } from '../domain/index.ts';
import type { StatementLine } from './reconcile-case.ts';

const SCALE = 9;

interface AccountBalances {
  first: StatementLine;
  last: StatementLine;
}

const startOf = (line: StatementLine): number => Math.max(line.from, line.openingDay);
const endOf = (line: StatementLine): number => Math.max(line.to, line.closingDay);

/** The sum of decimal texts at the smallest scale that holds it; null where one is not stated. */
const sumOf = (texts: readonly (string | null)[]): bigint | null => {
  let sum = 0n;
  for (const text of texts) {
    const units = text === null ? null : unitsOfText(text, SCALE);
    if (units === null) return null;
    sum += units;
  }
  return sum;
};

/**
 * The balances before the first and after the last statement of every account, together per currency. Unknown where one
 * account does not state it. `onlyCurrency`: what the side's rows are compared in, where its statements name none.
 */
export const statedBalances = (statements: readonly StatementLine[], onlyCurrency: string | null): StatedBalances[] => {
  const byCurrency = new Map<string | null, Map<string | null, AccountBalances>>();
  for (const line of statements) {
    const currency = line.currency?.toUpperCase() ?? onlyCurrency;
    const accounts = byCurrency.get(currency) ?? new Map<string | null, AccountBalances>();
    byCurrency.set(currency, accounts);
    const known = accounts.get(line.account);
    if (known === undefined) accounts.set(line.account, { first: line, last: line });
    else {
      if (startOf(line) < startOf(known.first)) known.first = line;
      if (endOf(line) >= endOf(known.last)) known.last = line;
    }
  }
  return [...byCurrency].map(([currency, accounts]) => {
    const opening = sumOf([...accounts.values()].map(({ first }) => first.opening));
    const closing = sumOf([...accounts.values()].map(({ last }) => last.closing));
    let scale = SCALE;
    while (scale > 0 && divisible(opening, closing, SCALE - scale + 1)) scale--;
    const down = 10n ** BigInt(SCALE - scale);
    return {
      currency,
      scale,
      opening: opening === null ? null : opening / down,
      closing: closing === null ? null : closing / down,
    };
  });
};

const divisible = (opening: bigint | null, closing: bigint | null, zeros: number): boolean => {
  const divisor = 10n ** BigInt(zeros);
  return (opening ?? 0n) % divisor === 0n && (closing ?? 0n) % divisor === 0n;
};

/** The proof of cash as text, its rows by their numbers in the files. */
export const proofOfCashLines = (proof: ProofOfCash, bank: ReconciliationSide, ledger: ReconciliationSide) => {
  const numbers = (side: ReconciliationSide, rows: readonly number[]): number[] =>
    rows.map(index => side.rowNumber[index]!);
  return {
    months: proof.months.map(({ currency, from, to, lines, ...checks }) => {
      const figure = ({ units, bank: ofBank, ledger: ofLedger }: CashFigure) => ({
        amount:
          units === null ? null : formatUnits(units, proof.scale, Math.min(proof.scale, currencyExponent(currency))),
        bankRows: numbers(bank, ofBank),
        ledgerRows: numbers(ledger, ofLedger),
      });
      return {
        currency,
        from: isoDate(from) ?? '',
        to: isoDate(to) ?? '',
        lines: lines.map(({ kind, opening, receipts, disbursements, closing }) => ({
          line: kind,
          opening: figure(opening),
          receipts: figure(receipts),
          disbursements: figure(disbursements),
          closing: figure(closing),
        })),
        ...checks,
      };
    }),
    unplacedBank: numbers(bank, proof.unplacedBank),
    unplacedLedger: numbers(ledger, proof.unplacedLedger),
    limits: [...proof.limits],
  };
};
