import { isoDate, UNKNOWN_DAY } from '../../../kernel/civil-date.ts';
import { currencyExponent } from '../../../kernel/currency.ts';
import { formatUnits } from '../../../kernel/decimal.ts';
import { unitsOfText } from '../../ingestion/domain/balanced.ts';
import type { CashFigure, ProofOfCash, ReconciliationSide, StatedBalances } from '../domain/index.ts';
import type { StatementLine } from './balance-lines.ts';

const SCALE = 9;
/** Files named one by one. */
const MOST_NAMED = 5;

/** The first day a statement speaks for, and the last; its opening balance may lie before its first row. */
const startOf = ({ from, openingDay }: StatementLine): number =>
  from === UNKNOWN_DAY || openingDay === UNKNOWN_DAY ? Math.max(from, openingDay) : Math.min(from, openingDay);
const endOf = (line: StatementLine): number => Math.max(line.to, line.closingDay);

/** The sum of decimal texts in units of 10^-SCALE; null where one is not stated. */
const sumOf = (texts: readonly (string | null)[]): bigint | null => {
  let sum = 0n;
  for (const text of texts) {
    const units = text === null ? null : unitsOfText(text, SCALE);
    if (units === null) return null;
    sum += units;
  }
  return sum;
};

const byStart = (lines: readonly StatementLine[]): StatementLine[] =>
  [...lines].sort((a, b) => startOf(a) - startOf(b) || endOf(a) - endOf(b));

const statesBalance = ({ opening, closing }: StatementLine): boolean => opening !== null || closing !== null;

/** Whether statements follow each other, each opening with the balance that the one before closed with. */
const carriesOn = (lines: readonly StatementLine[]): boolean =>
  byStart(lines).every((line, at, all) => {
    const before = all[at - 1];
    if (before === undefined) return true;
    const [closing, opening] = [sumOf([before.closing]), sumOf([line.opening])];
    return closing !== null && closing === opening && endOf(before) <= startOf(line);
  });

/**
 * Whether it can be told which statements are of one account: all name it, or none does and they are one row of statements in
 * one file. Two files that name none may be two accounts or two parts of one: added up or taken together, one would be wrong.
 */
const accountsAreTold = (lines: readonly StatementLine[]): boolean => {
  const unnamed = lines.filter(({ account }) => account === null);
  if (unnamed.length === 0) return true;
  const isOneFile = new Set(lines.map(({ source }) => source)).size === 1;
  return isOneFile && unnamed.length === lines.length && carriesOn(unnamed);
};

const byCurrencyOf = (
  statements: readonly StatementLine[],
  onlyCurrency: string | null,
): Map<string | null, StatementLine[]> => Map.groupBy(statements, line => line.currency?.toUpperCase() ?? onlyCurrency);

/**
 * The balances before the first and after the last statement of every account, together per currency. Unknown where one
 * account does not state it, or where it cannot be told which statements are of one account (`untoldAccounts` says so).
 * `onlyCurrency`: what the side's rows are compared in, where its statements name none.
 */
export const statedBalances = (statements: readonly StatementLine[], onlyCurrency: string | null): StatedBalances[] =>
  [...byCurrencyOf(statements, onlyCurrency)].map(([currency, lines]) => {
    if (!accountsAreTold(lines)) return { currency, scale: 0, opening: null, closing: null };
    const accounts = [...Map.groupBy(lines, ({ account }) => account).values()];
    const opening = sumOf(accounts.map(own => byStart(own)[0]?.opening ?? null));
    const closing = sumOf(
      accounts.map(own => own.reduce((last, line) => (endOf(line) >= endOf(last) ? line : last)).closing),
    );
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

/** Says for each currency whose balances stay unknown because statements name no account; nothing where none states a balance. */
export const untoldAccounts = (statements: readonly StatementLine[], onlyCurrency: string | null): string[] =>
  [...byCurrencyOf(statements, onlyCurrency)].flatMap(([currency, lines]) => {
    if (accountsAreTold(lines) || !lines.some(statesBalance)) return [];
    const files = [...new Set(lines.filter(({ account }) => account === null).map(({ sourceName }) => sourceName))];
    const named = `${files.slice(0, MOST_NAMED).join(', ')}${files.length > MOST_NAMED ? ` and ${files.length - MOST_NAMED} more` : ''}`;
    return [
      `${named}: no account number, so it cannot be told which statements are of one account: the balances in ${currency ?? 'no stated currency'} are unknown in the proof of cash; state the account when the file is read (account==NUMBER)`,
    ];
  });

/** The one currency that all rows of a side are compared in; null where there are several, or it is not known. */
export const onlyCurrencyOf = (
  { rowCount }: Pick<ReconciliationSide, 'rowCount'>,
  currencyOf: (index: number) => string | null,
): string | null => {
  const found = new Set<string | null>();
  for (let index = 0; index < rowCount; index++) found.add(currencyOf(index));
  const [only = null, ...more] = found;
  return more.length === 0 ? only : null;
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
