import type { ObservedFile } from './observed-file.ts';
import { decimal, shortest, unitsOf } from './observed-file.ts';

type Facts = Readonly<Record<string, unknown>>;

/** A fact compared with what was read; both as short texts. */
export interface FactCheck {
  readonly fact: string;
  readonly expected: string;
  readonly read: string;
}

type Check = (facts: Facts, seen: ObservedFile) => readonly FactCheck[];

const text = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** Compares one fact, where the file's facts state it. */
const fact =
  (
    name: string,
    read: (seen: ObservedFile, value: never) => string | number,
    wanted: (value: never) => string = text,
  ): Check =>
  (facts, seen) => {
    const value = facts[name];
    if (value === undefined || value === null) return [];
    return [{ fact: name, expected: wanted(value as never), read: String(read(seen, value as never)) }];
  };

const count = (name: string): Check => fact(name, seen => seen.count);
const records = (name: string): Check => fact(name, seen => seen.count + seen.rejected);
const sum = (name: string): Check =>
  fact(
    name,
    seen => seen.sum,
    (value: string) => decimal(value),
  );
const entries = (name: string): Check =>
  fact(name, seen => seen.statements.reduce((all, statement) => all + (statement.entries ?? 0), 0));
const cents = (name: string, read: (seen: ObservedFile) => string): Check =>
  fact(name, read, (value: number) => shortest(unitsOf(String(value)) / 100n));
/** Days are stated as 2022-04-01 or 20220401. */
const day = (value: string): string => value.replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3');
const firstDate = (name: string): Check => fact(name, seen => seen.dates[0] ?? 'none', day);
const lastDate = (name: string): Check => fact(name, seen => seen.dates.at(-1) ?? 'none', day);
const accountIds = (seen: ObservedFile): string[] => [
  ...new Set(seen.statements.flatMap(({ account }) => (account.id === null ? [] : [account.id]))),
];
/** The file must be refused, or be read with its faults told. */
const refusal: Check = (facts, seen) =>
  facts.refuse === undefined && facts.strict === undefined
    ? []
    : [
        {
          fact: 'refuse',
          expected: 'refused or reported',
          read:
            seen.refused !== null || seen.rejected > 0 || seen.warnings.length > 0
              ? 'refused or reported'
              : 'read silently',
        },
      ];

interface ExpectedStatement {
  readonly opening?: { readonly amount: string } | null;
  readonly closing?: { readonly amount: string } | null;
  readonly transactions?: number;
  readonly sum?: string;
}
/** Statements one by one: count, sum, opening and closing balance. */
const swiftStatements: Check = (facts, seen) =>
  ((facts.per_statement as readonly ExpectedStatement[] | undefined) ?? []).flatMap((expected, i) => {
    const statement = seen.statements[i];
    const compare = (name: string, wanted: string | undefined, read: string | null | undefined): FactCheck[] =>
      wanted === undefined
        ? []
        : [
            {
              fact: `statement ${i + 1} ${name}`,
              expected: decimal(wanted),
              read: read == null ? 'none' : decimal(read),
            },
          ];
    return [
      ...compare('opening', expected.opening?.amount, statement?.opening?.amount),
      ...compare('closing', expected.closing?.amount, statement?.closing?.amount),
      ...compare(
        'transactions',
        expected.transactions === undefined ? undefined : String(expected.transactions),
        String(statement?.count ?? 0),
      ),
    ];
  });

interface ExpectedRecord {
  readonly account: string | null;
  readonly balances: readonly { readonly type: string; readonly amount: string }[];
}
const camtRecords: Check = (facts, seen) =>
  ((facts.per_record as readonly ExpectedRecord[] | undefined) ?? []).flatMap((expected, i) => {
    const statement = seen.statements[i];
    const of = (types: readonly string[]): string | undefined =>
      types.flatMap(type => expected.balances.filter(balance => balance.type === type)).at(0)?.amount;
    const balance = (name: string, wanted: string | undefined, read: string | undefined): FactCheck[] =>
      wanted === undefined
        ? []
        : [
            {
              fact: `record ${i + 1} ${name}`,
              expected: decimal(wanted),
              read: read === undefined ? 'none' : decimal(read),
            },
          ];
    return [
      ...(expected.account === null
        ? []
        : [{ fact: `record ${i + 1} account`, expected: expected.account, read: statement?.account.id ?? 'none' }]),
      ...balance('opening', of(['OPBD', 'PRCD']), statement?.opening?.amount),
      ...balance('closing', of(['CLBD']), statement?.closing?.amount),
    ];
  });

const ofxAccounts: Check = (facts, seen) => {
  const { accounts } = facts;
  if (!Array.isArray(accounts)) return [];
  const numbers = (accounts as readonly (string | { readonly number: string })[])
    .map(account => (typeof account === 'string' ? account : account.number))
    .filter(number => number !== '' && number !== 'None');
  const read = accountIds(seen).map(id => id.replace(/\s+/g, ' '));
  const missing = numbers.filter(number => !read.some(id => id.includes(number.replace(/\s+/g, ' '))));
  return [
    {
      fact: 'accounts',
      expected: 'all named',
      read: missing.length === 0 ? 'all named' : `without ${missing.join(', ')}`,
    },
  ];
};

/** Named transactions of a QIF file: date, amount. */
const qifTransactions: Check = (facts, seen) => {
  const { transactions } = facts;
  if (!Array.isArray(transactions)) return [];
  const wanted = (transactions as readonly [string, string, string][]).map(([, amount]) => decimal(amount));
  return [{ fact: 'transactions', expected: wanted.join(' '), read: seen.amounts.join(' ') }];
};

const sumByCurrency: Check = (facts, seen) =>
  Object.entries((facts.sum_by_currency as Readonly<Record<string, string>> | undefined) ?? {}).map(
    ([currency, wanted]) => ({
      fact: `sum ${currency}`,
      expected: decimal(wanted),
      read: shortest(
        -seen.statements
          .flatMap(statement => statement.transactions ?? [])
          .filter(transaction => transaction.currency === currency)
          .reduce((all, { amount }) => all + unitsOf(amount), 0n),
      ),
    }),
  );

/** What is compared of each folder of files, by the names of their facts. */
export const FACT_CHECKS: Readonly<Record<string, readonly Check[]>> = {
  'statements/ofx': [records('stmttrn_count'), sum('sum_trnamt'), count('transactions'), ofxAccounts, refusal],
  'statements/qif': [records('blocks_with_date_and_amount'), qifTransactions, refusal],
  'statements/mt940': [
    fact('statements', seen => seen.statements.length),
    records('transactions'),
    sum('sum'),
    swiftStatements,
  ],
  'statements/camt': [
    fact('records', seen => seen.statements.length),
    camtRecords,
    fact(
      'net_by_currency',
      seen => seen.sum,
      (value: Readonly<Record<string, string>>) => decimal(Object.values(value)[0] ?? '0'),
    ),
    refusal,
  ],
  'statements/bai2': [records('transactions'), fact('accounts', seen => seen.statements.length), refusal],
  'statements/coda': [
    fact(
      'old_balance',
      seen => decimal(seen.statements[0]?.opening?.amount ?? '0'),
      (value: string) => decimal(value),
    ),
    fact(
      'new_balance',
      seen => decimal(seen.statements.at(-1)?.closing?.amount ?? '0'),
      (value: string) => decimal(value),
    ),
  ],
  'statements/csv': [
    count('transactions'),
    sum('sum'),
    fact(
      'money_in',
      seen => seen.credits,
      (value: string) => decimal(value),
    ),
    fact(
      'money_out',
      seen => `-${seen.debits}`.replace('-0', '0'),
      (value: string) => decimal(value),
    ),
    firstDate('first_date'),
    lastDate('last_date'),
  ],
  'statements/pdf': [count('transactions')],
  'statements/xlsx': [count('lines')],
  'payments/ach': [
    records('entries'),
    cents('debit_cents', seen => seen.debits),
    cents('credit_cents', seen => seen.credits),
  ],
  'payments/pain': [count('instructed_amounts'), sumByCurrency],
  'ledgers/fec': [
    records('lines'),
    entries('entries'),
    fact(
      'sum_debit',
      seen => seen.credits,
      (value: string) => decimal(value),
    ),
    fact(
      'sum_credit',
      seen => seen.debits,
      (value: string) => decimal(value),
    ),
    firstDate('first_date'),
    lastDate('last_date'),
  ],
  'ledgers/sie': [records('transactions'), entries('vouchers')],
  'ledgers/saft': [
    fact('gl_transactions', seen => ledgerStatements(seen).reduce((all, { entries: n }) => all + (n ?? 0), 0)),
  ],
  'ledgers/datev': [],
  'ledgers/xbrl-gl': [],
  'ledgers/plaintext': [count('postings')],
  'ledgers/gnucash': [records('splits'), entries('transactions')],
  spend: [count('data_rows'), sum('sum')],
};

const ledgerStatements = (seen: ObservedFile): ObservedFile['statements'] =>
  seen.statements.filter(({ entries: n }) => n !== undefined);
