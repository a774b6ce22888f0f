import { closeSync, openSync, writeSync } from 'node:fs';

/** A seeded generator of 32-bit numbers (sfc32; Chris Doty-Humphrey, PractRand). */
export const numbers = (seed: number): (() => number) => {
  let a = seed | 0;
  let b = 0x9e3779b9;
  let c = 0x243f6a88;
  let d = 1;
  return () => {
    const t = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + t;
    c |= 0;
    return t >>> 0;
  };
};

const NAMES = [
  'Meridian Supplies',
  'Harbor Logistics',
  'Orion Consulting',
  'Baltic Foods',
  'Delta Print',
  'Summit Energy',
  'Köhler Bau',
  'Atlas Travel',
];
const FORMS = ['Ltd', 'GmbH', 'SA', 'Inc'];
const TEXTS = [
  'Invoice payment',
  'Monthly service, as agreed',
  'Refund of deposit',
  'Salary advance',
  'Insurance premium',
];
const DAY_MS = 86_400_000;
const START = Date.UTC(2024, 0, 1);

/** What was planted, by row number (header counted), so that a run that is fast and wrong is caught. */
export interface Planted {
  readonly rows: number;
  readonly duplicateRows: readonly number[];
  readonly unreadableRows: readonly number[];
}

/** Writes a seeded CSV of `rows` payments: two years, an account per 5,000 rows, sequential references, planted copies and unreadable rows. */
export const generateFile = (path: string, rows: number, seed: number): Planted => {
  const next = numbers(seed);
  for (let i = 0; i < 20; i++) next();
  const below = (limit: number): number => next() % limit;
  const accounts = Math.max(10, Math.round(rows / 5_000));
  const parties = Math.max(100, Math.round(rows / 20));
  const sequence = new Uint32Array(accounts);
  const duplicateRows: number[] = [];
  const unreadableRows: number[] = [];
  const plantEvery = Math.max(100, Math.floor(rows / 100));
  const fd = openSync(path, 'w');
  let buffer = 'account,booking_date,value_date,amount,currency,counterparty,reference,type,description\n';
  let previous = '';
  for (let i = 0; i < rows; i++) {
    const row = i + 2;
    if (i % plantEvery === 7 && previous !== '') {
      duplicateRows.push(row);
      buffer += previous;
      continue;
    }
    const account = below(accounts);
    const party = Math.floor((below(parties) * below(parties)) / parties);
    const day = Math.floor((i / rows) * 731);
    const date = new Date(START + day * DAY_MS).toISOString().slice(0, 10);
    const cents = Math.max(100, Math.round(Math.exp(Math.log(5_000) + (below(1_000_000) / 1_000_000) * 6)));
    sequence[account] = (sequence[account] ?? 0) + 1;
    const broken = i % plantEvery === 50;
    if (broken) unreadableRows.push(row);
    const amount = broken
      ? 'n/a'
      : `${next() & 1 ? '-' : ''}${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;
    const name = `${NAMES[party % NAMES.length]} ${FORMS[party % FORMS.length]} ${party}`;
    previous = `DE${10 + (account % 89)}37040044${String(532_013_000 + account * 7).padStart(10, '0')},${date},${date},${amount},EUR,${name},R${account}-${String(sequence[account]).padStart(7, '0')},TRF,"${TEXTS[below(TEXTS.length)]} ${below(900_000) + 100_000}"\n`;
    buffer += previous;
    if (broken) previous = '';
    if (buffer.length > 1 << 20) {
      writeSync(fd, buffer);
      buffer = '';
    }
  }
  writeSync(fd, buffer);
  closeSync(fd);
  return { rows, duplicateRows, unreadableRows };
};
