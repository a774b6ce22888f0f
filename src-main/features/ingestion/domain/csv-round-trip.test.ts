import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { civilDay, civilParts, isoDate } from '../../../kernel/civil-date.ts';
import { formatUnits } from '../../../kernel/decimal.ts';
import { codecFor } from '../../../platform/text-codec.ts';
import { createCsvParser } from './csv-parser.ts';
import { FileRefused } from './statement-sink.ts';
import { TransactionColumnBuilder } from './transaction-column-builder.ts';
import type { ColumnSlice } from './transaction-columns.ts';

// Whatever table is written in whatever dialect is read back as it was, or the file is refused as ambiguous and read
// back as it was once the question is answered with the truth. Nothing is misread and nothing is lost.

interface Row {
  readonly day: number;
  readonly units: number;
  readonly text: string;
  readonly party: string;
}

const DATE_FORMS = {
  iso: { order: 'ymd', write: (y: string, m: string, d: string) => `${y}-${m}-${d}` },
  compact: { order: 'ymd', write: (y: string, m: string, d: string) => `${y}${m}${d}` },
  points: { order: 'dmy', write: (y: string, m: string, d: string) => `${d}.${m}.${y}` },
  slashes: { order: 'dmy', write: (y: string, m: string, d: string) => `${d}/${m}/${y}` },
  american: { order: 'mdy', write: (y: string, m: string, d: string) => `${m}/${d}/${y}` },
  short: { order: 'dmy', write: (y: string, m: string, d: string) => `${d}.${m}.${y.slice(2)}` },
  time: { order: 'ymd', write: (y: string, m: string, d: string) => `${y}-${m}-${d} 12:34:56` },
} as const;

const HEADERS = {
  english: {
    date: 'Date',
    text: 'Description',
    party: 'Payee',
    amount: 'Amount',
    debit: 'Debit',
    credit: 'Credit',
    mark: 'D/C',
  },
  german: {
    date: 'Buchungstag',
    text: 'Verwendungszweck',
    party: 'Empfänger',
    amount: 'Betrag',
    debit: 'Soll',
    credit: 'Haben',
    mark: 'Soll/Haben',
  },
  french: {
    date: 'Date',
    text: 'Libellé',
    party: 'Bénéficiaire',
    amount: 'Montant',
    debit: 'Débit',
    credit: 'Crédit',
    mark: 'Sens',
  },
  spanish: {
    date: 'Fecha',
    text: 'Concepto',
    party: 'Beneficiario',
    amount: 'Importe',
    debit: 'Cargo',
    credit: 'Abono',
    mark: 'Debe/Haber',
  },
} as const;

const dialects = fc
  .record({
    delimiter: fc.constantFrom(',', ';', '\t', '|'),
    decimal: fc.constantFrom<'.' | ','>('.', ','),
    grouping: fc.constantFrom('', 'other', ' ', "'"),
    dates: fc.constantFrom(...(Object.keys(DATE_FORMS) as (keyof typeof DATE_FORMS)[])),
    signs: fc.constantFrom('own', 'behind', 'brackets', 'sides', 'marks'),
    language: fc.constantFrom(...(Object.keys(HEADERS) as (keyof typeof HEADERS)[])),
    encoding: fc.constantFrom('utf-8', 'utf-8-bom', 'utf-16le', 'windows-1252'),
    lineEnd: fc.constantFrom('\n', '\r\n', '\r'),
    quoteAll: fc.boolean(),
    preamble: fc.constantFrom([], ['Kontoauszug', ''], ['Statement', 'Page 1', '']),
    chunk: fc.constantFrom(7, 4096),
  })
  // Month first is American: decimal points, no semicolons, English.
  .filter(d => d.dates !== 'american' || (d.decimal === '.' && d.delimiter !== ';' && d.language === 'english'));

type GeneratedDialect = typeof dialects extends fc.Arbitrary<infer T> ? T : never;

const words = fc.constantFrom(
  'Miete',
  'invoice 12',
  'Café "Central"',
  'a,b;c|d',
  'Zürich',
  'line one\nline two',
  'Nº 5',
  'x\ty',
);
const rows = fc.array(
  fc.record({
    day: fc.integer({ min: civilDay(2019, 1, 1)!, max: civilDay(2024, 12, 31)! }),
    units: fc.integer({ min: -2_000_000_00, max: 2_000_000_00 }).filter(units => units !== 0),
    text: words,
    party: fc.constantFrom('ACME GmbH', 'Müller & Co', "O'Neill", 'Société Générale'),
  }),
  { minLength: 2, maxLength: 30 },
);

const magnitude = (units: number, { decimal, grouping }: GeneratedDialect): string => {
  const digits = String(Math.abs(units)).padStart(3, '0');
  const sign = grouping === 'other' ? (decimal === '.' ? ',' : '.') : grouping;
  const whole = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, sign);
  return `${whole}${decimal}${digits.slice(-2)}`;
};

const writeTable = (table: readonly Row[], dialect: GeneratedDialect): Buffer => {
  const names = HEADERS[dialect.language];
  const { delimiter, signs, quoteAll, lineEnd } = dialect;
  const cell = (text: string): string =>
    quoteAll || /["\n\r\t,;|]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  const money = ({ units }: Row): string[] => {
    const plain = magnitude(units, dialect);
    if (signs === 'sides') return units < 0 ? [plain, ''] : ['', plain];
    if (signs === 'marks') return [plain, units < 0 ? 'D' : 'C'];
    if (units > 0) return [plain];
    return [signs === 'behind' ? `${plain}-` : signs === 'brackets' ? `(${plain})` : `-${plain}`];
  };
  const amountNames =
    signs === 'sides' ? [names.debit, names.credit] : signs === 'marks' ? [names.amount, names.mark] : [names.amount];
  const form = DATE_FORMS[dialect.dates];
  const lines = [
    [names.date, names.text, names.party, ...amountNames],
    ...table.map(row => {
      const { year, month, day } = civilParts(row.day);
      const [y, m, d] = [String(year), String(month).padStart(2, '0'), String(day).padStart(2, '0')];
      return [form.write(y, m, d), row.text, row.party, ...money(row)];
    }),
  ].map(fields => fields.map(cell).join(delimiter));
  const text = [...dialect.preamble, ...lines, ''].join(lineEnd);
  if (dialect.encoding === 'utf-8-bom') return Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(text)]);
  return iconv.encode(text, dialect.encoding, { addBOM: dialect.encoding === 'utf-16le' });
};

const read = (bytes: Uint8Array, chunk: number, overrides: Record<string, string>) => {
  const slices: ColumnSlice[] = [];
  const builder = new TransactionColumnBuilder({ onSlice: slice => slices.push(slice) });
  const parser = createCsvParser(builder, codecFor, overrides);
  for (let at = 0; at < bytes.length; at += chunk) parser.write(bytes.subarray(at, at + chunk));
  void parser.end();
  builder.finish();
  const columns = builder.columns();
  const descriptions = slices.flatMap(slice =>
    Array.from({ length: slice.count }, (_, i) =>
      new TextDecoder().decode(slice.text.subarray(slice.textEnds[2 * i]!, slice.textEnds[2 * i + 1]!)),
    ),
  );
  return Array.from({ length: builder.count }, (_, i) => [
    isoDate(columns.bookingDay[i]!),
    formatUnits(columns.amountUnits[i]!, builder.scale),
    builder.values('counterparty')[columns.counterparty[i]!] ?? '',
    descriptions[i] ?? '',
  ]);
};

/** The truth about what may be asked. */
const truth = (dialect: GeneratedDialect): Record<string, string> => ({
  dateOrder: DATE_FORMS[dialect.dates].order,
  decimalSign: dialect.decimal,
});

describe('a table written in any dialect', () => {
  it('is read back as it was, or asked about and then read back as it was', () => {
    let asked = 0;
    let runs = 0;
    fc.assert(
      fc.property(rows, dialects, (table, dialect) => {
        runs++;
        const bytes = writeTable(table, dialect);
        const expected = table.map(row => [isoDate(row.day), formatUnits(row.units, 2), row.party, row.text]);
        try {
          expect(read(bytes, dialect.chunk, {})).toEqual(expected);
        } catch (error) {
          if (!(error instanceof FileRefused)) throw error;
          expect(error.code).toBe('dialect.ambiguous');
          asked++;
          const answers = Object.fromEntries(
            Object.entries(truth(dialect)).filter(([key]) => error.candidates?.[key] !== undefined),
          );
          for (const [key, value] of Object.entries(answers)) expect(error.candidates![key]).toContain(value);
          expect(Object.keys(answers).sort()).toEqual(Object.keys(error.candidates!).sort());
          expect(read(bytes, dialect.chunk, answers)).toEqual(expected);
        }
      }),
      { numRuns: 400, seed: 20240131 },
    );
    expect(runs).toBe(400);
    expect(asked).toBeLessThan(60);
  });
});
