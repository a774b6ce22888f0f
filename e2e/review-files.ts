import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { caseHomePage } from './pages/case-home-page.ts';
import { shell } from './pages/shell.ts';
import { uploadPage } from './pages/upload-page.ts';
import type { Window } from './window.ts';

const write = (folder: string, name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

/**
 * Two exports of one account that overlap: a purchase and two equal fares (true twins) stand in both, the rent only in the
 * first, the fee only in the second. So three pairs, and five transactions in eight rows.
 */
export const overlappingExports = (folder: string): readonly string[] => {
  const head = 'Date,Amount,Currency,Counterparty,Reference,Description';
  const both = [
    '2025-01-12,-120.50,EUR,Meridian Supplies,INV-7,paper',
    '2025-01-15,-2.80,EUR,City Transport,,single fare',
    '2025-01-15,-2.80,EUR,City Transport,,single fare',
  ];
  return [
    write(
      folder,
      'january.csv',
      [head, '2025-01-02,-900.00,EUR,Steinmark Property,RENT-01,rent', ...both, ''].join('\n'),
    ),
    write(folder, 'january-again.csv', [head, ...both, '2025-01-28,-4.00,EUR,Bank,FEE-01,fee', ''].join('\n')),
  ];
};

/**
 * A quarter of a bank account and its ledger. Rent, paper and the invoice agree in all; the two equal fares of one day are told
 * apart by nothing; the bank's 300.00 pays two invoices of 180.00 and 115.00, so 5.00 are left over; the fee is not booked, the
 * cheque not presented.
 */
export const reconciliationFiles = (folder: string): readonly [bank: string, ledger: string] => {
  const head = 'Date,Amount,Currency,Counterparty,Reference,Description';
  const both = [
    '2025-01-02,-900.00,EUR,Steinmark Property,RENT-01,rent',
    '2025-01-12,-120.50,EUR,Meridian Supplies,INV-7,paper',
    '2025-02-03,640.00,EUR,Brook Laboratories,RE-100,invoice RE-100',
    '2025-02-15,-2.80,EUR,City Transport,,single fare',
    '2025-02-15,-2.80,EUR,City Transport,,single fare',
  ];
  return [
    write(
      folder,
      'quarter-bank.csv',
      [
        head,
        ...both,
        '2025-03-10,300.00,EUR,Northgate Trading,COLLECT,collected',
        '2025-03-31,-4.00,EUR,House Bank,,account fee',
        '',
      ].join('\n'),
    ),
    write(
      folder,
      'quarter-ledger.csv',
      [
        head,
        ...both,
        '2025-03-01,180.00,EUR,Alder Ltd,A-1,first part',
        '2025-03-02,115.00,EUR,Birk Ltd,B-1,second part',
        '2025-03-30,-75.00,EUR,Corvus Ltd,CHQ-9,cheque',
        '',
      ].join('\n'),
    ),
  ];
};

const WORDS = ['Alder', 'Birk', 'Corvus', 'Dorsal', 'Elmet', 'Farrow', 'Gantry', 'Hollin', 'Ibex', 'Juniper'];
/** Forty firms with nothing in common but their trade. */
const FIRMS = Array.from({ length: 40 }, (_, i) => ({
  name: `${WORDS[(i * 3 + 3) % 10]} ${WORDS[(i * 7 + 7) % 10]}${i} Trading GmbH`,
  account: `DE${String(i).padStart(2, '0')}37040044${String(532_013_000 + i * 7919)}`,
}));
/** Firms that a second file writes otherwise, under the same account: as the first file writes them, and as the second does. */
export const RESPELT = [3, 8].map(i => {
  const { name } = FIRMS[i]!;
  return { first: name, second: i === 3 ? name.replace('Trading GmbH', 'Tradng G.m.b.H.') : name.replace(' GmbH', '') };
});

/** Payments to forty firms, and a second file in which two of them are spelt in another way. */
export const respeltParties = (folder: string): readonly string[] => {
  const table = (rows: readonly { readonly name: string; readonly account: string }[]): string =>
    [
      'Date,Amount,Currency,Counterparty,Counterparty account,Description',
      ...rows.map(
        ({ name, account }, i) =>
          `2025-02-${String((i % 28) + 1).padStart(2, '0')},-${i + 1}.00,EUR,${name},${account},goods ${i}`,
      ),
      '',
    ].join('\n');
  const second = RESPELT.map(({ first, second: name }) => ({
    name,
    account: FIRMS.find(firm => firm.name === first)!.account,
  }));
  return [write(folder, 'payments.csv', table(FIRMS)), write(folder, 'more-payments.csv', table(second))];
};

interface Month {
  /** YYYY-MM. */
  readonly month: string;
  readonly opening: string;
  readonly closing: string;
  /** Days and amounts (negative: money out), with a decimal comma. */
  readonly bookings: readonly (readonly [day: number, amount: string])[];
}

/** A statement of MT940 (SWIFT user handbook, category 9): opening and closing balance round its bookings. */
const mt940 = (account: string, { month, opening, closing, bookings }: Month): string => {
  const short = month.replace('-', '').slice(2);
  const last = new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0)).getUTCDate();
  return [
    `:20:STMT${short}`,
    `:25:${account}`,
    ':28C:1/1',
    `:60F:C${short}01EUR${opening}`,
    ...bookings.flatMap(([day, amount]) => {
      const two = String(day).padStart(2, '0');
      const mark = amount.startsWith('-') ? 'D' : 'C';
      return [
        `:61:${short}${two}${short.slice(2)}${two}${mark}${amount.replace('-', '')}NTRFREF${day}//B${day}`,
        `:86:Booking of day ${day}`,
      ];
    }),
    `:62F:C${short}${last}EUR${closing}`,
    '-',
    '',
  ].join('\r\n');
};

export const MONTHLY_ACCOUNT = 'DE89370400440532013000';

/**
 * Statements of one account: January balances; February is not there; March balances; April closes 10.00 short of its
 * bookings; May opens 5.00 above April's closing balance.
 */
export const monthlyStatements = (folder: string): readonly string[] => {
  const months: readonly Month[] = [
    {
      month: '2025-01',
      opening: '1000,00',
      closing: '900,00',
      bookings: [
        [7, '-60,00'],
        [20, '-40,00'],
      ],
    },
    { month: '2025-03', opening: '850,00', closing: '950,00', bookings: [[5, '100,00']] },
    { month: '2025-04', opening: '950,00', closing: '890,00', bookings: [[9, '-50,00']] },
    {
      month: '2025-05',
      opening: '895,00',
      closing: '875,00',
      bookings: [
        [3, '-10,00'],
        [4, '-10,00'],
      ],
    },
  ];
  return months.map(month => write(folder, `statement-${month.month}.sta`, mt940(MONTHLY_ACCOUNT, month)));
};

/** Imports files through the screen, as a person does, and goes to the case's home. */
export const importFiles = async (window: Window, paths: readonly string[]): Promise<void> => {
  const { page } = window;
  const upload = uploadPage(page);
  await shell(page).go('Add files');
  await window.chooseFiles(upload.chooseButton, paths);
  await expect(upload.importButton).toHaveText(`Import ${paths.length} file${paths.length === 1 ? '' : 's'}`);
  await upload.importButton.click();
  await expect(upload.result).toBeVisible();
  await expect(upload.result.getByText('Imported', { exact: true })).toHaveCount(paths.length);
  await shell(page).go('Overview');
};

/** Runs the examination from the case's home and waits for its end. */
export const examine = async (window: Window): Promise<void> => {
  const { page } = window;
  await shell(page).go('Overview');
  const { runExamination } = caseHomePage(page);
  await runExamination.click();
  // Its button turns for as long as it runs: what is said of an earlier examination is not waited for.
  await expect(runExamination).not.toHaveAttribute('data-loading');
  await expect(caseHomePage(page).steps).toContainText(/Examined \d{4}/);
};
