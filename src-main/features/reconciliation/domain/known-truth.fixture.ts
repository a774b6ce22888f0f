import { isoDate, parseIsoDate } from '../../../kernel/civil-date.ts';
import { formatUnits } from '../../../kernel/decimal.ts';
import type { ReconciliationMatch } from './reconciliation-match.ts';
import { type FixtureRow, seededRandom } from './side.fixture.ts';

/** Two sides with the matches that are true, as row indexes. Made up; the labels are never given to the engine. */
export interface KnownTruth {
  readonly bank: readonly FixtureRow[];
  readonly ledger: readonly FixtureRow[];
  readonly truth: readonly {
    readonly what: string;
    readonly bank: readonly number[];
    readonly ledger: readonly number[];
  }[];
}

const FIRST =
  'Köhler Acme Globex Initech Rossi Dupont García Nielsen Baltic Orion Harbor Meridian Strauß Vogel Lindqvist Tanaka Okafor Petrov Moreau Silva'.split(
    ' ',
  );
const SECOND =
  'Logistik Supplies Trading Software Foods Textil Media Marine Freight Labs Catering Travel Garage Print Energy Dental Optics Timber Ceramics Foundry'.split(
    ' ',
  );
/** Amounts that many movements share. */
const ROUND = [1000, 4990, 10_000, 25_000, 50_000, 100_000];
const NOISE = ['SEPA CREDIT', 'CARD PURCHASE', 'online banking', '', 'TX 4711'];

interface Draft {
  readonly bank: FixtureRow[];
  readonly ledger: FixtureRow[];
  readonly what: string;
  /** False: rows that have no partner. */
  readonly matched: boolean;
}

export const USD_EUR = '0.9132';

/**
 * `events` movements over a span of days: most row to row with timing differences of 0 to 5 days; batches (one deposit of several
 * receipts), splits (one entry paid in parts), several to several, payments net of a fee, rows twice on one side, invoices in
 * dollars paid in euros, rows missing on either side. A third of the bank's texts name nobody, a tenth of the batches nothing at all.
 */
export const knownTruth = (seed: number, events: number, spanDays = 360): KnownTruth => {
  const random = seededRandom(seed);
  const integer = (below: number): number => Math.floor(random() * below);
  const start = parseIsoDate('2024-01-01') ?? 0;
  let serial = 10_000;
  const cents = (): number =>
    random() < 0.1 ? (ROUND[integer(ROUND.length)] ?? 0) : Math.max(101, Math.round(Math.exp(5 + 9 * random())));
  const row = (day: number, units: number, text: string, reference: string, currency = 'EUR'): FixtureRow => ({
    date: isoDate(day) ?? '',
    amount: formatUnits(units, 2),
    currency,
    text,
    reference,
  });
  const bankText = (party: string, references: readonly string[], mustName: boolean): string => {
    const noise = NOISE[integer(NOISE.length)] ?? '';
    const kind = random();
    if (kind < 0.4 && references.length <= 6) return `${noise} ${party} ${references.join(' ')}`;
    return kind < 0.7 || mustName ? `${party.toUpperCase()} ${noise}` : noise;
  };
  const draft = (): Draft => {
    const kind = random();
    const sign = random() < 0.6 ? -1 : 1;
    const party = `${FIRST[integer(FIRST.length)] ?? ''} ${SECOND[integer(SECOND.length)] ?? ''}`;
    const day = start + integer(spanDays);
    const reference = (): string => `INV-${serial++}`;
    const entry = (units: number, at = day, currency = 'EUR'): FixtureRow =>
      row(at, sign * units, `${party} GmbH`, reference(), currency);
    const parts = (count: number): number[] => Array.from({ length: count }, cents);
    const sum = (list: readonly number[]): number => list.reduce((total, value) => total + value, 0);
    const referencesOf = (rows: readonly FixtureRow[]): string[] => rows.map(({ reference: name }) => name ?? '');
    if (kind < 0.02)
      return {
        what: 'missing in ledger',
        matched: false,
        ledger: [],
        bank: [row(day, sign * cents(), bankText(party, [], false), '')],
      };
    if (kind < 0.04) return { what: 'missing at bank', matched: false, bank: [], ledger: [entry(cents())] };
    if (kind < 0.08) {
      const units = parts(2 + integer(5));
      const ledger = units.map(part => entry(part, day - integer(4)));
      const text = random() < 0.1 ? '' : bankText(party, referencesOf(ledger), true);
      return { what: 'batch', matched: true, ledger, bank: [row(day + integer(2), sign * sum(units), text, '')] };
    }
    if (kind < 0.11) {
      const units = parts(2 + integer(3));
      const ledger = entry(sum(units));
      const bank = units.map(part =>
        row(day + integer(5), sign * part, bankText(party, [ledger.reference ?? ''], true), ''),
      );
      return { what: 'split', matched: true, ledger: [ledger], bank };
    }
    if (kind < 0.12) {
      const [a, b, c] = [cents(), cents(), cents()];
      const shift = Math.min(a, b) - 1 > 100 ? 100 + integer(Math.min(a, b) - 101) : 50;
      const ledger = [entry(a), entry(b), entry(c)];
      const name = party.toUpperCase();
      const bank = [row(day + 1, sign * (a + shift), name, ''), row(day + 2, sign * (b + c - shift), name, '')];
      return { what: 'several to several', matched: true, ledger, bank };
    }
    if (kind < 0.14) {
      const units = cents() + 2000;
      const ledger = entry(units);
      const fee = 30 + Math.round(units * 0.029);
      return {
        what: 'fee',
        matched: true,
        ledger: [ledger],
        bank: [row(day + integer(3), sign * units - fee, bankText(party, [], true), ledger.reference ?? '')],
      };
    }
    if (kind < 0.15) {
      const ledger = entry(cents());
      const bank = row(
        day + integer(4),
        sign * Math.round(Number(ledger.amount) * 100 * sign),
        `${party} ${ledger.reference ?? ''}`,
        '',
      );
      return { what: 'twice in ledger', matched: true, ledger: [ledger, ledger], bank: [bank] };
    }
    if (kind < 0.18) {
      const units = 2000 + cents();
      const ledger = entry(units, day, 'USD');
      // Exact in integers: 0.9132 is 9132 ten-thousandths.
      const euros = Math.floor((2 * units * 9132 + 10_000) / 20_000);
      const spread = random() < 0.5 ? 0 : Math.round(euros * 0.01 * random());
      return {
        what: 'currency',
        matched: true,
        ledger: [ledger],
        bank: [row(day + integer(4), sign * (euros - spread), bankText(party, referencesOf([ledger]), true), '')],
      };
    }
    const ledger = entry(cents());
    const text = bankText(party, referencesOf([ledger]), false);
    return {
      what: 'pair',
      matched: true,
      ledger: [ledger],
      bank: [row(day + integer(6), Math.round(Number(ledger.amount) * 100), text, `TX${integer(1e9)}`)],
    };
  };
  const drafts = Array.from({ length: events }, draft);
  const shuffled = <T>(list: readonly T[]): T[] =>
    list
      .map(value => ({ value, at: random() }))
      .sort((a, b) => a.at - b.at)
      .map(({ value }) => value);
  const place = (side: 'bank' | 'ledger') =>
    shuffled(drafts.flatMap((event, number) => event[side].map((value, at) => ({ value, name: `${number} ${at}` }))));
  const [bank, ledger] = [place('bank'), place('ledger')];
  const bankAt = new Map(bank.map(({ name }, index) => [name, index]));
  const ledgerAt = new Map(ledger.map(({ name }, index) => [name, index]));
  const rowsOf = (list: readonly FixtureRow[], at: ReadonlyMap<string, number>, number: number): number[] =>
    list.map((_, i) => at.get(`${number} ${i}`) ?? -1).sort((a, b) => a - b);
  return {
    bank: bank.map(({ value }) => value),
    ledger: ledger.map(({ value }) => value),
    truth: drafts.flatMap(({ what, matched, ...event }, number) =>
      matched
        ? [{ what, bank: rowsOf(event.bank, bankAt, number), ledger: rowsOf(event.ledger, ledgerAt, number) }]
        : [],
    ),
  };
};

export interface TruthFigures {
  /** Share of the confirmed matches that are exactly a true one. */
  readonly precision: number;
  /** Share of the true matches that are found exactly, confirmed or proposed. */
  readonly recall: number;
  readonly confirmed: number;
  readonly recallOf: Readonly<Record<string, string>>;
  readonly wrong: readonly ReconciliationMatch[];
}

/** Compares with the truth: a match counts only when it holds exactly the rows of a true one; of a row twice either may be matched. */
export const truthFigures = ({ truth }: KnownTruth, matches: readonly ReconciliationMatch[]): TruthFigures => {
  const key = (bank: readonly number[], ledger: readonly number[]): string => `${bank.join()}|${ledger.join()}`;
  const made = new Set(matches.map(({ bank, ledger }) => key(bank, ledger)));
  const valid = new Set<string>();
  const counts = new Map<string, { found: number; all: number }>();
  let found = 0;
  for (const { what, bank, ledger } of truth) {
    const forms = what === 'twice in ledger' ? ledger.map(one => key(bank, [one])) : [key(bank, ledger)];
    for (const form of forms) valid.add(form);
    const count = counts.get(what) ?? { found: 0, all: 0 };
    counts.set(what, count);
    count.all++;
    if (!forms.some(form => made.has(form))) continue;
    count.found++;
    found++;
  }
  const confirmed = matches.filter(({ status }) => status === 'confirmed');
  const wrong = confirmed.filter(({ bank, ledger }) => !valid.has(key(bank, ledger)));
  return {
    precision: confirmed.length === 0 ? Number.NaN : 1 - wrong.length / confirmed.length,
    recall: found / truth.length,
    confirmed: confirmed.length,
    recallOf: Object.fromEntries([...counts].map(([what, count]) => [what, `${count.found}/${count.all}`])),
    wrong,
  };
};
