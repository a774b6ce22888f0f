import type { CivilDay } from '../../../../kernel/civil-date.ts';
import { standardAccount } from '../values/standard-account.ts';

/** What statements of one account have in common: the account in its standard form (an IBAN with or without blanks), and the currency. */
export const accountKey = ({ account, currency }: Pick<CoveredStatement, 'account' | 'currency'>): string =>
  JSON.stringify([account === null ? null : standardAccount(account).standardized, currency]);

/** One statement of one file, as far as the coverage of its account goes. Days are UNKNOWN_DAY where not stated. */
export interface CoveredStatement {
  /** Index of the source among the case's. */
  readonly source: number;
  readonly account: string | null;
  readonly currency: string | null;
  readonly institution: string | null;
  /** First and last booking day of its transactions. */
  readonly firstDay: CivilDay;
  readonly lastDay: CivilDay;
  /** Decimal text. */
  readonly opening: string | null;
  readonly openingDay: CivilDay;
  readonly closing: string | null;
  readonly closingDay: CivilDay;
  readonly balanced: boolean | null;
  /** Transactions by month (YYYY-MM). */
  readonly months: ReadonlyMap<string, number>;
}

/** The days a statement covers, and whether it says so itself or only its transactions do. */
export interface Period {
  readonly from: CivilDay;
  readonly to: CivilDay;
  readonly stated: boolean;
  readonly statement: CoveredStatement;
}
