import type { ReportBin, ReportFinding, ReportModel, ReportRow, ReportSeverity, ReportTest } from './report-model.ts';

const BANK = '6c1f0a52-9d1e-4f0b-8f6a-1f0c7b1e2a01';
const LEDGER = '6c1f0a52-9d1e-4f0b-8f6a-1f0c7b1e2a02';
const CAMT = '6c1f0a52-9d1e-4f0b-8f6a-1f0c7b1e2a03';

const PARTIES = [
  'Köhler & Söhne GmbH',
  'Zakłady Łódź Sp. z o.o.',
  'ООО «Северная Звезда»',
  'Αφοί Παπαδόπουλοι Α.Ε.',
  '<script>alert("paid")</script>',
  'Safe\u202Efdp.exe Ltd',
  'Nguyễn Thị Hồng Trading',
  '中文贸易有限公司',
  'O’Brien, Walsh & Partners — Property Management and Facilities (Ireland) Limited',
  '',
];

/** A row whose values follow from its number alone. */
export const fixtureRow = (index: number, sourceId = BANK): ReportRow => ({
  sourceId,
  row: index + 2,
  date:
    index % 17 === 16
      ? null
      : `2024-${String((index % 12) + 1).padStart(2, '0')}-${String((index % 28) + 1).padStart(2, '0')}`,
  amount: `${index % 4 === 0 ? '' : '-'}${1_000 + ((index * 7_919) % 1_234_567)}.${String((index * 37) % 100).padStart(2, '0')}`,
  currency: index % 23 === 22 ? null : 'EUR',
  counterparty: PARTIES[index % PARTIES.length] ?? '',
  reference: index % 5 === 4 ? '' : `RE-2024-${String(10_000 + index)}`,
  description:
    index % 6 === 5
      ? 'SEPA-UEBERWEISUNG EREF+NOTPROVIDED SVWZ+MIETE UND NEBENKOSTEN LAGERHALLE 3 LAUT VERTRAG VOM 12.03.2019 ABZUEGLICH GUTSCHRIFT'
      : 'Invoice, 30 days',
});

const rows = (count: number, from = 0, sourceId = BANK): readonly ReportRow[] =>
  Array.from({ length: count }, (_, index) => fixtureRow(from + index, sourceId));

const findingId = (number: number): string => `7d2b5e10-4c3a-4d0e-9b1a-${String(number).padStart(12, '0')}`;

const finding = (number: number, severity: ReportSeverity, rowCount: number, reason: string): ReportFinding => ({
  id: findingId(number),
  severity,
  score: 1 - 1 / (rowCount + 1),
  state: 'open',
  stateReason: null,
  reason,
  parameters: {},
  rowCount,
  rows: rows(Math.min(rowCount, 20), number * 11),
});

/** 5,000 amounts: Benford's expectation with a surplus of 95s and a shortage of 11s. */
const bins: readonly ReportBin[] = Array.from({ length: 90 }, (_, index) => {
  const digits = 10 + index;
  const proportion = Math.log10(1 + 1 / digits);
  const expected = 5_000 * proportion;
  const count = Math.round(expected) + (digits === 95 ? 61 : digits === 11 ? -58 : (index % 7) - 3);
  return {
    key: String(digits),
    count,
    expected,
    z: Math.abs(count - expected) / Math.sqrt(expected * (1 - proportion)),
  };
});

const test = (values: Pick<ReportTest, 'test' | 'title'> & Partial<ReportTest>): ReportTest => ({
  version: '1.0.0',
  parameters: {},
  population: { rows: 5_214, used: 5_214, excluded: [] },
  statistics: {},
  bins: [],
  limits: [],
  notRun: null,
  bySeverity: {},
  findings: { total: 0, shown: [] },
  ...values,
});

const tests: readonly ReportTest[] = [
  test({
    test: 'benford-first-two',
    title: 'First two digits (Benford)',
    parameters: { sign: 'both', minimum: '0' },
    population: {
      rows: 5_214,
      used: 5_000,
      excluded: [
        { reason: 'amount is zero', count: 12 },
        { reason: 'amount is below the minimum', count: 202 },
      ],
    },
    statistics: {
      observations: 5_000,
      chiSquare: 214.3317,
      degreesOfFreedom: 89,
      pValue: 2.6e-12,
      mad: 0.00231,
      conformity: 'nonconforming',
      expectedMad: 0.001122,
      excessMad: 0.001188,
      ks: 0.01402,
      ksCritical: 0.019205,
      mantissaMean: 0.50312,
      distortion: null,
    },
    bins,
    limits: ['A deviation asks a question; prices, fees and limits of a business also bend the digits.'],
    bySeverity: { medium: 1 },
    findings: {
      total: 1,
      shown: [
        {
          ...finding(1, 'medium', 84, "84 amounts begin with 95; Benford's law expects 23 (3.70 times, z = 12.8)."),
          parameters: { sign: 'both', minimum: '0' },
        },
      ],
    },
  }),
  test({
    test: 'duplicate-exact',
    title: 'Exact duplicates',
    statistics: { groups: 2, surplus: 2 },
    limits: [
      'Equality is judged by a 64-bit hash of the whole record and the columns read; it is proved on the original bytes.',
    ],
    bySeverity: { medium: 2 },
    findings: {
      total: 2,
      shown: [
        finding(
          2,
          'medium',
          2,
          'The same record stands twice in the data (-1,234.50 EUR, 2024-03-01, Köhler & Söhne GmbH): 1 copy beyond the first.',
        ),
        {
          ...finding(
            3,
            'medium',
            2,
            'The same record stands twice in the data (-99.00 EUR, 2024-04-11, ООО «Северная Звезда»): 1 copy beyond the first.',
          ),
          state: 'explained',
          stateReason: 'Two cash withdrawals on one day; receipts seen, exhibit 14.',
        },
      ],
    },
  }),
  test({
    test: 'just-below-threshold',
    title: 'Just below a threshold',
    parameters: { threshold: '10000', band: '5', window: '7', 'minimum-count': '3' },
    statistics: { inBand: 143, justAbove: 31, ratio: 4.612903, clusters: 27, rowsInClusters: 120 },
    bySeverity: { high: 27, low: 1 },
    findings: {
      total: 28,
      shown: Array.from({ length: 6 }, (_, index) => ({
        ...finding(
          4 + index,
          index === 5 ? 'low' : 'high',
          3 + index * 4,
          `Party ${index + 1}, account DE02120300000000202051: ${3 + index * 4} amounts from 9,500.00 EUR and below 10,000.00 EUR, 3 of them within 7 days.`,
        ),
        parameters: { threshold: '10000', band: '5', window: '7', 'minimum-count': '3' },
      })),
    },
  }),
  test({
    test: 'sequence-gap',
    title: 'Gaps in a sequence',
    statistics: { seriesTested: 1, seriesTooSmall: 2, seriesNotConsecutive: 0, gaps: 0, missingNumbers: 0, jumps: 0 },
    limits: ['Numbers missing before the first or after the last of a series cannot be seen.'],
  }),
  test({
    test: 'velocity',
    title: 'Velocity',
    notRun: 'the records have no column “date”.',
    population: { rows: 0, used: 0, excluded: [] },
  }),
];

/** A report with something in every section, hostile text among it. For tests only. */
export const reportModelFixture: ReportModel = {
  productVersion: '0.1.0',
  caseName: 'Nordwind Handels GmbH <b>2024</b>',
  workspaceId: '0f9d6c1e-3b7a-4c55-9f0e-2a6d8b1c4e70',
  builtAt: '2026-03-01T14:05:09.120Z',
  examinedAt: '2026-03-01T14:04:51.000Z',
  runId: '51f0c9aa-7f55-4d8e-8a3b-0f6f4c2d9e11',
  examiner: { actor: 'M. Köhler', role: 'financial_examiner' },
  sources: [
    {
      id: BANK,
      name: 'bank 2024 – Umsätze.csv',
      side: 'bank',
      sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
      bytes: 482_113,
      format: 'csv',
      encoding: 'windows-1252',
      encodingBasis: 'detected',
      dialect: [
        'Delimiter: semicolon (detected)',
        'Dates: day first (detected)',
        'Decimal sign: comma (detected)',
        'Header: row 1',
      ],
      importedAt: '2026-03-01T14:04:12.000Z',
      transactions: 5_101,
      rejected: 3,
      accounts: ['DE02120300000000202051', 'DE02500105170137075030'],
      from: '2024-01-02',
      to: '2024-12-30',
    },
    {
      id: LEDGER,
      name: "ledger o'brien.csv",
      side: 'ledger',
      sha256: '2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae',
      bytes: 91_220,
      format: 'csv',
      encoding: 'utf-8',
      encodingBasis: 'stated',
      dialect: ['Delimiter: comma (chosen)', 'Dates: year first'],
      importedAt: '2026-03-01T14:04:13.000Z',
      transactions: 1_204,
      rejected: 0,
      accounts: [],
      from: '2024-01-02',
      to: null,
    },
    {
      id: CAMT,
      name: 'camt.053-2024-01.xml',
      side: 'bank',
      sha256: 'fcde2b2edba56bf408601fb721fe9b5c338d10ee429ea04fae5511b68fbf8fb9',
      bytes: 1_048_577,
      format: 'camt.053',
      encoding: 'utf-8',
      encodingBasis: 'stated',
      dialect: [],
      importedAt: '2026-03-01T14:04:14.000Z',
      transactions: 113,
      rejected: 0,
      accounts: ['AT611904300234573201'],
      from: '2024-01-01',
      to: '2024-01-31',
    },
  ],
  method: [
    { title: 'Reading and sealing of the files', algorithm: 'ingestion', version: '1.0.0', parameters: {} },
    { title: 'Quality of the records', algorithm: 'quality', version: '1.0.0', parameters: {} },
    {
      title: 'Near duplicates',
      algorithm: 'duplicate-near',
      version: '1.0.0',
      parameters: { threshold: '0.85', window: '3' },
    },
    {
      title: 'Reconciliation',
      algorithm: 'reconcile',
      version: '1.0.0',
      parameters: { 'amount-tolerance': '0', 'date-window': '3', 'confirm-threshold': '0.9' },
    },
    ...tests.map(({ test: algorithm, title, version, parameters }) => ({ title, algorithm, version, parameters })),
  ],
  calibration: {
    ranAt: '2025-01-02T09:10:00.000Z',
    seed: 1,
    motifs: 20,
    rows: 5_103,
    tests: [
      {
        title: 'Exact duplicates',
        motif: 'a row of the case a second time, equal in every column',
        planted: 20,
        found: 19,
        recallLow: 0.7513,
        recallHigh: 0.9987,
        alarms: 3,
        alarmsPerThousand: 0.588,
      },
    ],
    others: [{ title: 'First two digits', reason: 'no motif is known that could be planted for it' }],
  },
  quality: {
    score: 98.97,
    dimensions: {
      completeness: {
        score: 99.97,
        weight: 0.3,
        explanation: 'whether the fields that an examination needs are filled',
      },
      validity: { score: 100, weight: 0.3, explanation: 'whether dates, amounts and currency codes are of their kind' },
      uniqueness: { score: 99.2, weight: 0.2, explanation: 'whether a record stands once' },
      consistency: { score: null, weight: 0.2, explanation: 'whether the statements add up; needs balances' },
    },
    rules: [
      {
        id: 'date-present',
        dimension: 'completeness',
        title: 'Each record has a date',
        formula: 'rows with a date ÷ rows',
        threshold: 0.999,
        tested: 6_418,
        passed: 6_416,
        failed: 2,
        met: true,
      },
      {
        id: 'reference-present',
        dimension: 'completeness',
        title: 'Each record has a reference',
        formula: 'rows with a reference ÷ rows',
        threshold: 0.95,
        tested: 6_418,
        passed: 5_134,
        failed: 1_284,
        met: false,
      },
      {
        id: 'balance-holds',
        dimension: 'consistency',
        title: 'Each statement balances',
        formula: 'statements that balance ÷ statements with both balances',
        threshold: 1,
        tested: 0,
        passed: 0,
        failed: 0,
        met: null,
      },
    ],
  },
  duplicates: {
    exactGroups: 2,
    exactRows: 2,
    confirmed: 0,
    groups: [
      { rowCount: 2, rows: [fixtureRow(3), { ...fixtureRow(3), row: 812 }] },
      { rowCount: 2, rows: [fixtureRow(12), { ...fixtureRow(12), row: 1_377 }] },
    ],
    near: {
      total: 41,
      shown: [
        {
          score: 0.93,
          agree: ['amount', 'date', 'currency'],
          differ: ['reference'],
          a: fixtureRow(21),
          b: fixtureRow(22),
        },
        {
          score: 0.88,
          agree: ['amount', 'counterparty'],
          differ: ['date (2 days)', 'reference'],
          a: fixtureRow(31),
          b: fixtureRow(32),
        },
      ],
    },
  },
  reconciliation: {
    matched: {
      confirmed: 1_180,
      proposed: 9,
      unmatchedBank: 4_025,
      unmatchedLedger: 15,
      sign: 'both sides sign a movement alike',
      limits: ['Only pairs of one row with one row were looked for.'],
      proof: [
        {
          currency: 'EUR',
          bankTotal: '-152340.55',
          ledgerTotal: '-150210.05',
          matchedBank: '-149000.00',
          matchedLedger: '-149000.00',
          unmatchedBank: '-2340.55',
          unmatchedLedger: '-210.05',
          difference: '-2130.50',
          foots: true,
        },
        {
          currency: 'USD',
          bankTotal: '90071992547409.93',
          ledgerTotal: '0.00',
          matchedBank: '0.00',
          matchedLedger: '0.00',
          unmatchedBank: '90071992547409.93',
          unmatchedLedger: '0.00',
          difference: '90071992547409.93',
          foots: true,
        },
      ],
      parameters: { 'amount-tolerance': '0', 'date-window': '3' },
    },
    balances: [
      {
        account: 'DE02120300000000202051',
        currency: 'EUR',
        source: 'bank 2024 – Umsätze.csv',
        from: '2024-01-02',
        to: '2024-12-30',
        opening: '10000.00',
        credits: '2050000.10',
        debits: '1998340.55',
        closing: '61659.55',
        balanced: true,
        difference: '0.00',
      },
      {
        account: 'AT611904300234573201',
        currency: 'EUR',
        source: 'camt.053-2024-01.xml',
        from: '2024-01-01',
        to: '2024-01-31',
        opening: '500.00',
        credits: '1200.00',
        debits: '300.00',
        closing: '1395.00',
        balanced: false,
        difference: '-5.00',
      },
      {
        account: null,
        currency: null,
        source: 'bank 2024 – Umsätze.csv',
        from: null,
        to: null,
        opening: null,
        credits: '0.00',
        debits: '17.20',
        closing: null,
        balanced: null,
        difference: null,
      },
    ],
    chain: [
      {
        kind: 'gap',
        account: 'AT611904300234573201',
        message: 'no statement covers 2024-02-01 to 2024-02-29 (29 days).',
      },
    ],
    proposals: {
      total: 9,
      shown: [
        {
          kind: 'one-to-one',
          score: 0.84,
          reasons: ['amount agrees exactly', 'date is 2 days away', 'another row fits as well'],
          bank: [fixtureRow(51)],
          ledger: [fixtureRow(52, LEDGER)],
        },
      ],
    },
    unmatchedBank: {
      total: 4_025,
      shown: rows(24, 60).map((transaction, index) => ({
        transaction,
        candidates:
          index % 3 === 0
            ? []
            : [`S2 row ${index + 9}: amount differs by 0.50 EUR; date is 9 days away, outside the window of 3 days`],
      })),
    },
    unmatchedLedger: { total: 15, shown: rows(15, 90, LEDGER).map(transaction => ({ transaction, candidates: [] })) },
  },
  tests,
  rejected: {
    total: 3,
    shown: [
      {
        sourceId: BANK,
        row: 17,
        reason: 'the amount “12,34,5” fits no number format of this file',
        raw: '03.01.2024;12,34,5;EUR;Köhler & Söhne GmbH;=HYPERLINK("http://x")',
      },
      {
        sourceId: BANK,
        row: 901,
        reason: 'the date “31.02.2024” is not in the calendar',
        raw: '31.02.2024;-15,00;EUR;\u202Egnirts desrever\u0000;ÿ',
      },
      { sourceId: BANK, row: 5_104, reason: 'the record has 3 fields instead of 9', raw: `end;${'x'.repeat(400)}` },
    ],
  },
  warnings: {
    total: 1,
    shown: [{ sourceId: BANK, row: null, message: 'The header names “Betrag” twice; the first was used.' }],
  },
  limits: ['2 rows without a date took no part in tests that need one.'],
  audit: {
    entries: 14,
    root: 'bc2201bf9a4a2995572dec6bdfc5c038ad8446f80feb496cc8fb3bb951aaf5e7',
    unwitnessed: 14,
    verification: { ok: true, evidenceFiles: 3, mismatched: [], problems: [] },
  },
};
