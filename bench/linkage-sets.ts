import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';

type Row = Readonly<Record<string, string>>;

/** A set with known true pairs: files, what `nexus link` is told, and how the truth is read. */
export interface LinkageSet {
  readonly name: string;
  readonly files: readonly string[];
  readonly id: string | null;
  readonly fields: readonly string[];
  /** What rows of one real-world thing have in common. Never given to the command. */
  readonly truth: (row: Row) => string;
  /** F1 that must be reached; null where there is no aim. */
  readonly aim: number | null;
  /** Where the aim comes from, or what the figure stands beside. */
  readonly note: string;
}

export const DATA = join(import.meta.dirname, '../../shared/data/linkage');
const PERSON =
  'given_name surname street_number address_1 address_2 suburb postcode state date_of_birth soc_sec_id'.split(' ');
const recordNumber = (row: Row): string => (row.rec_id ?? '').split('-')[1] ?? '';

/** The real sets. Aims are those of the product's requirements; none was used to choose a parameter of a set. */
export const REAL_SETS: readonly LinkageSet[] = [
  {
    name: 'Febrl 1',
    files: ['febrl_dataset1.csv.gz'],
    id: 'rec_id',
    fields: PERSON,
    truth: recordNumber,
    aim: 0.97,
    note: 'aim 0.97',
  },
  {
    name: 'Febrl 4 (a × b)',
    files: ['febrl_dataset4a.csv.gz', 'febrl_dataset4b.csv.gz'],
    id: 'rec_id',
    fields: PERSON,
    truth: recordNumber,
    aim: 0.97,
    note: 'aim 0.97',
  },
  {
    name: 'Restaurants',
    files: ['restaurant.csv'],
    id: null,
    fields: ['name', 'addr', 'city', 'phone', 'type'],
    truth: row => row.class ?? '',
    aim: 0.9,
    note: 'aim 0.90',
  },
  {
    name: 'Splink fake_1000',
    files: ['splink_fake_1000.csv'],
    id: 'unique_id',
    fields: ['first_name', 'surname', 'dob', 'city', 'email'],
    truth: row => row.cluster ?? '',
    aim: 0.931,
    note: 'Splink demonstration, best threshold by labels: 0.931',
  },
  {
    name: 'RLdata500',
    files: ['RLdata500.csv.gz'],
    id: 'rec_id',
    fields: ['fname_c1', 'fname_c2', 'lname_c1', 'lname_c2', 'by', 'bm', 'bd'],
    truth: row => row.true_entity ?? '',
    aim: null,
    note: '',
  },
  {
    name: 'Abt × Buy',
    files: ['AbtBuy_Abt.csv.gz', 'AbtBuy_Buy.csv.gz'],
    id: 'unique_id',
    fields: ['title', 'description', 'price'],
    truth: row => row.unique_id ?? '',
    aim: null,
    note: 'product titles: hard for any method without labels',
  },
];

/** Rows of a CSV file, blanks before quotes skipped. Throws where the file is missing. */
export const readRows = (path: string): Row[] => {
  if (!existsSync(path)) throw new Error(`the test data ${path} is missing`);
  const bytes = readFileSync(path);
  const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  return parse(text.replaceAll(/, +"/g, ',"'), { columns: true, trim: true, relax_quotes: true });
};
