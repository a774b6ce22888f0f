import type { ReconciliationSummary } from '../../../contract/reconciliations.contract.ts';
import { isoDate, UNKNOWN_DAY } from '../../../kernel/civil-date.ts';
import { currencyExponent } from '../../../kernel/currency.ts';
import { formatUnits } from '../../../kernel/decimal.ts';
import { balanceDifference, unitsOfText } from '../../ingestion/domain/balanced.ts';
import { checkBalances } from '../domain/index.ts';

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
