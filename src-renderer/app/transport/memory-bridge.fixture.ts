import type { NexusErrorData, WireResult } from '../../../src-main/contract/errors.ts';
import type { NexusEvent } from '../../../src-main/contract/events.ts';
import type { ChannelAnswer, ChannelInput, ChannelName, ChannelResult } from '../../../src-main/contract/index.ts';
import type { JobView } from '../../../src-main/contract/jobs.contract.ts';
import type { Bridge } from './bridge.ts';

/** An engine of made-up answers, for tests and interface work only. Nothing here is imported by the application. */
export interface MemoryBridgeOptions {
  readonly open: boolean;
  readonly role: NonNullable<ChannelAnswer<'workspaces.status'>['role']>;
  readonly examined: boolean;
  readonly transactions: number;
  /** Milliseconds from a job's start to its end; Infinity never ends it. */
  readonly jobMs: number;
  readonly empty: boolean;
}
const DEFAULTS: MemoryBridgeOptions = {
  open: true,
  role: 'financial_examiner',
  examined: true,
  transactions: 1_000_000,
  jobMs: 30,
  empty: false,
};

const id = (kind: number, number: number): string =>
  `${String(kind).padStart(8, '0')}-0000-4000-8000-${String(number).padStart(12, '0')}`;
export const CASE_ID = id(1, 1);
const digest = (seed: number): string =>
  Array.from({ length: 64 }, (_, index) => ((seed * 31 + index * 7) % 16).toString(16)).join('');
const AT = '2026-03-02T09:14:00.000Z';

const PARTIES = [
  'Nordwind Energie GmbH',
  'Ostertag & Söhne KG',
  'Helio Facility Services',
  'Stadtwerke Bremen',
  'M. Ferreira Lda',
  'Kranich Papier AG',
];
const TEXTS = [
  'Invoice 20418 services March',
  'Rent 03/2024',
  'Payment advice 77120-A',
  'Salary',
  'Refund order 5561',
  'Consulting fee phase 2',
];

type Row = ChannelAnswer<'transactions.page'>['rows'][number];
const rowAt = (index: number): Row => ({
  id: index + 1,
  sourceId: id(2, index % 3 === 2 ? 2 : 1),
  row: index + 2,
  account: 'DE89370400440532013000',
  date:
    index % 97 === 96
      ? null
      : `2024-${String((index % 12) + 1).padStart(2, '0')}-${String((index % 28) + 1).padStart(2, '0')}`,
  valueDate: null,
  amount: `${index % 4 === 0 ? '' : '-'}${((index * 7919) % 90000) + 12}.${String(index % 100).padStart(2, '0')}`,
  currency: 'EUR',
  counterparty: PARTIES[index % PARTIES.length]!,
  reference: `RG-${20_000 + (index % 900)}`,
  description: TEXTS[index % TEXTS.length]!,
  type: index % 4 === 0 ? 'CREDIT' : 'TRANSFER',
});

const source = (
  number: number,
  name: string,
  side: 'bank' | 'ledger',
  transactions: number,
): ChannelAnswer<'sources.list'>['sources'][number] => ({
  id: id(2, number),
  name,
  side,
  sha256: digest(number),
  bytes: 4_812_330 * number,
  format: side === 'bank' ? 'camt.053' : 'csv',
  encoding: 'utf-8',
  importedAt: AT,
  transactions,
  rejected: number === 2 ? 3 : 0,
  warnings: number === 2 ? 1 : 0,
  accounts: ['DE89370400440532013000'],
  from: '2024-01-02',
  to: '2024-12-30',
});

const BENFORD: ChannelAnswer<'findings.read'>['run'] = {
  test: 'benford-first-two',
  version: '1.0.0',
  title: 'Benford first two digits',
  parameters: { minimumRows: '300', sign: 'absolute' },
  population: { rows: 180, used: 171, excluded: [{ reason: 'amount below 10', count: 9 }] },
  statistics: {
    chiSquare: 142.7312,
    degreesOfFreedom: 89,
    pValue: 0.000241,
    mad: 0.00312,
    conformity: 'nonconforming',
  },
  bins: Array.from({ length: 90 }, (_, index) => {
    const digits = index + 10;
    const expected = 17_100 * Math.log10(1 + 1 / digits);
    const count = Math.round(expected * (digits === 49 ? 1.9 : 1 + (((digits * 13) % 9) - 4) / 60));
    return { key: String(digits), count, expected, z: (count - expected) / Math.sqrt(expected) };
  }),
  limits: [
    'The test shows that the digits are unusual, not that any single payment is wrong.',
    'Amounts set by tariff are expected to break the law.',
  ],
  findings: 1,
  notRun: null,
};

const SEVERITY_CYCLE = ['critical', 'high', 'medium', 'medium', 'low', 'info'] as const;
const TEST_CYCLE = [
  'benford-first-two',
  'duplicate-exact',
  'same-same-different',
  'just-below-threshold',
  'sequence-gap',
] as const;
const findingAt = (index: number): ChannelAnswer<'findings.list'>['findings'][number] => ({
  id: id(3, index + 1),
  test: TEST_CYCLE[index % TEST_CYCLE.length]!,
  version: '1.0.0',
  severity: SEVERITY_CYCLE[index % SEVERITY_CYCLE.length]!,
  score: 0.98 - index * 0.004,
  state: index % 7 === 3 ? 'explained' : index % 7 === 5 ? 'confirmed' : 'open',
  stateReason: index % 7 === 3 ? 'Standing order agreed with the lessor' : null,
  reason:
    index % 5 === 0
      ? 'First two digits 49 occur 191 times where 100.3 are expected (z = 9.06): amounts just below 50, 500 and 5,000.'
      : '3 payments of 4,990.00 EUR to Helio Facility Services within 6 days, each just below the approval limit of 5,000.00 EUR.',
  parameters: { digits: '49' },
  rowCount: 3 + (index % 40),
  sourceNames: ['statement-2024.xml'],
  fact: digest(100 + index),
  testSeverity: SEVERITY_CYCLE[index % SEVERITY_CYCLE.length]!,
  severityReason: null,
  hits: [
    {
      id: id(3, index + 1),
      test: TEST_CYCLE[index % TEST_CYCLE.length]!,
      version: '1.0.0',
      title: 'Just below a threshold',
      group: 'amounts',
      severity: SEVERITY_CYCLE[index % SEVERITY_CYCLE.length]!,
      score: 0.98 - index * 0.004,
      reason: 'Each just below the approval limit.',
      parameters: {},
    },
  ],
  decision: null,
  conflict: [],
  reopened: null,
  review: null,
  flagged: index % 9 === 2,
  assignee: null,
  comments: 0,
  tried: { supports: 0, against: 0, unclear: 0, untried: 2 },
});
const FINDINGS = Array.from({ length: 67 }, (_, index) => findingAt(index));

const countBy = (values: readonly string[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
};

const QUALITY: NonNullable<ChannelAnswer<'examinations.read'>>['quality'] = {
  score: 93.4,
  dimensions: {
    completeness: { score: 98.1, weight: 0.35, explanation: 'Dates, amounts and parties are almost all there' },
    validity: { score: 96, weight: 0.25, explanation: 'A few values have no valid shape' },
    consistency: { score: 88.2, weight: 0.2, explanation: 'Some balances do not follow on' },
    uniqueness: { score: 87.5, weight: 0.2, explanation: '14 groups of equal records' },
  },
  rules: ['date-present', 'party-present', 'currency-valid', 'date-in-period'].map((rule, index) => ({
    id: rule,
    dimension: index < 2 ? 'completeness' : 'validity',
    title: [
      'Every record has a date',
      'Every record names a party',
      'Currency is a known code',
      'Date lies within the statement',
    ][index]!,
    formula: 'passed ÷ tested',
    threshold: 0.99,
    tested: 1_000_000,
    passed: 1_000_000 - index * 12_400,
    failed: index * 12_400,
    share: 1 - index * 0.0124,
    met: index === 0 ? true : index === 3 ? null : false,
  })),
};

const RECONCILIATION: NonNullable<ChannelAnswer<'examinations.read'>>['reconciliation'] = {
  matched: {
    confirmed: 1312,
    proposed: 41,
    unmatchedBank: 17,
    unmatchedLedger: 9,
    sign: 'same',
    limits: ['Pairs of one bank record and one ledger record only.'],
    proof: [
      {
        currency: 'EUR',
        bankTotal: '-184220.15',
        ledgerTotal: '-183900.00',
        matchedBank: '-180100.00',
        matchedLedger: '-180100.00',
        proposedBank: '-3000.10',
        proposedLedger: '-3000.00',
        unmatchedBank: '-1120.05',
        unmatchedLedger: '-800.00',
        difference: '-320.15',
        foots: true,
      },
    ],
    parameters: { amountTolerance: '0.00', dateWindowDays: '5' },
  },
  balances: [0, 1, 2].map(index => ({
    account: 'DE89370400440532013000',
    currency: 'EUR',
    source: `statement-2024-0${index + 1}.xml`,
    from: `2024-0${index + 1}-01`,
    to: `2024-0${index + 1}-28`,
    opening: index === 2 ? null : '120400.12',
    credits: '88120.00',
    debits: '92411.77',
    closing: '116108.35',
    balanced: index === 0 ? true : index === 1 ? false : null,
    difference: index === 1 ? '-12.50' : null,
  })),
  chain: [
    {
      kind: 'gap',
      account: 'DE89370400440532013000',
      message: 'No statement covers 2024-02-29 of DE89370400440532013000',
    },
  ],
};

const RULE: ChannelAnswer<'rules.save'>['rule'] = {
  id: id(7, 1),
  name: 'Rent',
  version: 2,
  enabled: true,
  order: 10,
  when: { combinator: 'and', rules: [{ field: 'description', operator: 'contains', value: 'rent' }] },
  actions: [{ kind: 'set-category', value: 'Rent' }],
};

const STANDARDIZATION: NonNullable<ChannelAnswer<'standardization.read'>> = {
  runId: id(8, 1),
  ranAt: AT,
  recipeSeq: 1,
  digest: digest(6),
  rows: 1_000_000,
  stages: [
    {
      stage: 'FormatStandardizer',
      rows: 1_000_000,
      changed: 67,
      figures: [{ name: 'changed:party', title: 'Party name standardized', count: 67, set: 'changed:party' }],
    },
  ],
  rules: [],
  conflicts: [],
  timings: {},
  stale: false,
};

const refusal = (
  code: string,
  category: NexusErrorData['category'],
  message: string,
  more: Partial<NexusErrorData> = {},
): NexusErrorData => ({
  code,
  category,
  message,
  ...more,
});

const ALL_PERMISSIONS = [
  'workspace.use',
  'case.read',
  'case.write',
  'evidence.read',
  'evidence.import',
  'finding.read',
  'finding.decide',
  'finding.approve',
  'detection.run',
  'reconciliation.run',
  'report.read',
  'report.build',
  'audit.read',
];

/** A bridge that answers every channel the window uses. */
export const createMemoryBridge = (given: Partial<MemoryBridgeOptions> = {}): Bridge => {
  const options = { ...DEFAULTS, ...given };
  const listeners = new Set<(event: NexusEvent) => void>();
  const findings = FINDINGS.map(finding => ({ ...finding }));
  let { open, role } = options;
  let examined = options.examined;
  let jobs = 0;
  const emit = (event: NexusEvent): void => {
    for (const listener of listeners) listener(event);
  };
  const status = (): ChannelAnswer<'workspaces.status'> => ({
    open,
    name: open ? 'Field work 2024' : null,
    path: open ? '/home/examiner/NEXUS/Field work 2024' : null,
    actor: open ? 'R. Adler' : null,
    role: open ? role : null,
    account: open
      ? {
          id: id(9, 1),
          username: 'R. Adler',
          displayName: 'R. Adler',
          role: 'financial_examiner',
          secondaryRoles: [],
          supervisor: true,
          analysisMode: 'standard',
          aiInterventionLevel: 'off',
        }
      : null,
    secondSecret: open ? 'keychain' : null,
    lastSignIn: open ? { at: AT, failedSince: 0 } : null,
    secondStepDue: false,
    anchor: null,
    unwitnessed: open ? { entries: 12, since: AT } : null,
    permissions: open ? ALL_PERMISSIONS.filter(name => role === 'financial_examiner' || /read|use/.test(name)) : [],
    caseCount: 1,
  });
  const summary = (): ChannelAnswer<'cases.list'>['cases'][number] => ({
    id: CASE_ID,
    name: '14 Js 2207/24 Ostertag',
    createdAt: AT,
    sources: options.empty ? 0 : 2,
    transactions: options.empty ? 0 : options.transactions,
    rejected: options.empty ? 0 : 3,
    findings: examined ? findings.length : 0,
    openFindings: examined ? findings.filter(({ state }) => state === 'open').length : 0,
  });
  const sources = options.empty
    ? []
    : [source(1, 'statement-2024.xml', 'bank', 700_000), source(2, 'ledger-2024.csv', 'ledger', 300_000)];
  const resultOf = (channel: ChannelName): unknown => {
    if (channel === 'imports.start')
      return {
        files: [
          {
            name: 'bank.csv',
            sha256: digest(9),
            bytes: 8123,
            format: 'csv',
            encoding: 'utf-8',
            dialect: {},
            statements: [
              {
                account: { id: null, currency: 'EUR', institution: null },
                statementId: null,
                opening: null,
                closing: null,
                from: null,
                to: null,
                count: 180,
                credits: '10.00',
                debits: '4.00',
                balanced: null,
              },
            ],
            rejected: [],
            warnings: [],
            sourceId: id(2, 1),
            alreadyImported: false,
          },
          {
            name: 'noise.bin',
            sha256: null,
            bytes: 12,
            format: null,
            encoding: null,
            dialect: {},
            statements: [],
            rejected: [],
            warnings: [],
            sourceId: null,
            alreadyImported: false,
            error: refusal('file.unknown', 'input', 'This is no file of transactions', {
              kept: 'Nothing of it was stored.',
              remedy: 'Export the account as CSV, OFX or CAMT.',
            }),
          },
        ],
      } satisfies ChannelResult<'imports.start'>;
    if (channel === 'audits.verify')
      return {
        ok: true,
        entries: 42,
        root: digest(5),
        checkpoints: 1,
        checkpointsVerified: 1,
        stationCheckpoint: { size: 41, at: AT },
        highWater: null,
        tags: { checked: 42, with: 'station-key' },
        unwitnessed: 1,
        evidence: { files: 2, mismatched: [] },
        problems: [],
      } satisfies ChannelResult<'audits.verify'>;
    if (channel === 'examinations.run') examined = true;
    return {};
  };
  const startJob = (channel: ChannelName): { jobId: string } => {
    jobs += 1;
    const jobId = id(4, jobs);
    const view: JobView = {
      jobId,
      channel,
      title: TITLES[channel] ?? channel,
      state: 'running',
      stage: 'reading',
      share: 0.42,
      done: 420_000,
      total: 1_000_000,
      unit: 'rows',
      startedAt: new Date().toISOString(),
      elapsedMs: 2100,
      onCancel: 'nothing of the file being read is kept; finished files stay',
    };
    emit({ name: 'job.started', payload: view });
    if (Number.isFinite(options.jobMs))
      setTimeout(() => {
        emit({
          name: 'job.finished',
          payload: { ...view, state: 'done', share: 1, done: 1_000_000, result: resultOf(channel) },
        });
        emit({ name: 'records.changed', payload: { tags: ['cases', 'sources', 'examinations'] } });
      }, options.jobMs);
    return { jobId };
  };

  const answers: Partial<{ [C in ChannelName]: (input: ChannelInput<C>) => ChannelAnswer<C> | NexusErrorData }> = {
    'workspaces.status': status,
    'workspaces.list': () => ({
      folder: '/home/examiner/NEXUS',
      workspaces: options.empty ? [] : [{ name: 'Field work 2024', createdAt: AT, secondSecrets: ['keychain'] }],
      keychain: { available: true, reason: null },
    }),
    'workspaces.open': input => {
      if (input.passphrase === 'wrong')
        return refusal('workspace.passphrase', 'permission', 'This passphrase does not open the workspace', {
          kept: 'Nothing was changed.',
          remedy: 'Check capitals and the keyboard layout, then try again.',
        });
      open = true;
      role = input.role ?? 'financial_examiner';
      return status();
    },
    'workspaces.create': () => {
      open = true;
      return {
        ...status(),
        kit: {
          workspaceId: id(8, 1),
          recoveryCode: '7K2M-4XQP-0B9T-WZ3C-H6JD-RV8N-5FGY',
          verificationKey: null,
          firstKey: digest(3),
          keyFile: null,
        },
      };
    },
    'workspaces.close': () => {
      open = false;
      return status();
    },
    'cases.list': () => ({ cases: options.empty ? [] : [summary()] }),
    'cases.create': summary,
    'cases.read': ({ caseId }) =>
      caseId === CASE_ID
        ? {
            case: summary(),
            examination: examined
              ? {
                  ranAt: AT,
                  qualityScore: 93.4,
                  duplicateGroups: 14,
                  nearDuplicates: 6,
                  reconciled: true,
                  findingsBySeverity: countBy(findings.map(({ severity }) => severity)),
                  stale: false,
                }
              : null,
            timeline: ['case.created', 'evidence.imported', 'examination.completed'].map((act, index) => ({
              seq: index + 1,
              at: AT,
              actor: 'R. Adler',
              act,
              detail: [
                'Case created',
                'Imported statement-2024.xml: 700,000 transactions, 0 rejected',
                'Examination completed: 67 findings',
              ][index]!,
            })),
          }
        : refusal('case.missing', 'not-found', 'There is no such case', { remedy: 'Choose one of the list of cases.' }),
    'sources.list': () => ({ sources }),
    'sources.read': ({ sourceId }) => ({
      source: source(sourceId === id(2, 2) ? 2 : 1, 'ledger-2024.csv', 'ledger', 300_000),
      dialect: {
        delimiter: ';',
        encoding: 'utf-8',
        dateOrder: 'dmy',
        decimalSign: ',',
        columns: ['bookingDate: Datum', 'amount: Betrag'],
      },
      statements: [
        {
          account: { id: 'DE89370400440532013000', currency: 'EUR', institution: null },
          statementId: '12',
          opening: { amount: '100.00', date: '2024-01-01' },
          closing: { amount: '88.10', date: '2024-01-31' },
          from: '2024-01-01',
          to: '2024-01-31',
          count: 180,
          credits: '20.00',
          debits: '31.90',
          balanced: true,
        },
      ],
      warnings: [{ row: 17, code: 'date.far', message: 'The date lies outside the period of the statement' }],
    }),
    'sources.rejected': () => ({
      total: 3,
      rejected: [12, 71, 90].map(row => ({
        row,
        reason: 'The amount "12,x4" is not a number',
        raw: `04.03.2024;Helio Facility Services;12,x4;EUR;RG-${row}`,
      })),
    }),
    'formats.list': () => ({
      formats: ['CSV and other delimited tables', 'OFX 1.x and 2.x', 'CAMT.053'].map(title => ({
        format: title,
        title,
        version: '1',
        standard: '',
      })),
    }),
    'imports.preview': ({ overrides }) => {
      const file = {
        name: 'bank.csv',
        sha256: null,
        bytes: 8123,
        format: 'csv',
        encoding: 'windows-1252',
        dialect: {
          delimiter: ';',
          dateOrder: 'dmy',
          decimalSign: ',',
          columns: ['bookingDate: Datum', 'amount: Betrag', 'counterparty: Empfänger', 'description: Zweck'],
        },
        statements: [] as ChannelAnswer<'imports.preview'>['file']['statements'],
        rejected: [{ row: 9, reason: 'The amount is not a number', raw: '04.03.2024;Helio;12,x4' }],
        warnings: [],
      };
      const columns = ['Datum', 'Betrag', 'Empfänger', 'Zweck'];
      if (overrides?.dateOrder === undefined)
        return {
          file: {
            ...file,
            error: refusal(
              'dialect.ambiguous',
              'input',
              '“03/04/2024” can be read in several ways and nothing in the file decides.',
              { candidates: { dateOrder: ['dmy', 'mdy'] } },
            ),
          },
          partial: true,
          columns,
          sample: [],
        };
      return {
        file: {
          ...file,
          statements: [
            {
              account: { id: null, currency: 'EUR', institution: null },
              statementId: null,
              opening: null,
              closing: null,
              from: null,
              to: null,
              count: 12,
              credits: '1.00',
              debits: '1.00',
              balanced: null,
              transactions: Array.from({ length: 12 }, (_, index) => ({ ...rowAt(index), row: index + 2 })).map(
                ({ row, date, valueDate, amount, currency, description, counterparty, reference, type }) => ({
                  row,
                  date,
                  valueDate,
                  amount,
                  currency,
                  description,
                  counterparty,
                  reference,
                  type,
                }),
              ),
            },
          ],
        },
        partial: true,
        columns,
        sample: Array.from({ length: 12 }, (_, index) => ({
          row: index + 2,
          raw: ['03/04/2024', '1.234,50', 'Helio Facility Services', 'RG-20418'],
        })),
      };
    },
    'transactions.page': ({ filter, offset = 0, limit = 100 }) => {
      const narrowed = Object.keys(filter ?? {}).length > 0;
      const total = options.empty || filter?.text === 'nothing' ? 0 : narrowed ? 67 : options.transactions;
      return {
        total,
        all: options.empty ? 0 : options.transactions,
        sums: total === 0 ? [] : [{ currency: 'EUR', credits: '88120400.10', debits: '92411007.77' }],
        rows: Array.from({ length: Math.max(0, Math.min(limit, total - offset)) }, (_, index) => rowAt(offset + index)),
      };
    },
    'transactions.facets': () => ({
      facets: [
        {
          name: 'direction',
          values: [
            { value: 'in', count: 250_000 },
            { value: 'out', count: 750_000 },
          ],
          more: 0,
        },
        {
          name: 'sourceId',
          values: [
            { value: id(2, 1), count: 700_000 },
            { value: id(2, 2), count: 300_000 },
          ],
          more: 0,
        },
        {
          name: 'currency',
          values: [
            { value: 'EUR', count: 999_820 },
            { value: null, count: 180 },
          ],
          more: 0,
        },
        {
          name: 'month',
          values: Array.from({ length: 12 }, (_, index) => ({
            value: `2024-${String(index + 1).padStart(2, '0')}`,
            count: 83_333,
          })),
          more: 0,
        },
        { name: 'party', values: PARTIES.map(value => ({ value, count: 166_000 })), more: 4120 },
      ],
    }),
    'transactions.read': ({ transactionId }) => ({
      transaction: rowAt(transactionId - 1),
      party: 'HELIO FACILITY SERVICES',
      source: { id: id(2, 1), name: 'statement-2024.xml', sha256: digest(1), format: 'camt.053' },
      raw: {
        text: '<Ntry><Amt Ccy="EUR">4990.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><BookgDt><Dt>2024-03-04</Dt></BookgDt></Ntry>',
        byteOffset: 482_113,
        byteLength: 108,
        truncated: false,
      },
      lineage: [
        { field: 'amount', from: '4990.00 DBIT', step: 'signed by CdtDbtInd' },
        { field: 'party', from: 'Helio Facility Services', step: 'upper case, legal form removed' },
      ],
      findings: [
        { id: id(3, 2), test: 'duplicate-exact', severity: 'high', reason: '3 payments of 4,990.00 EUR within 6 days' },
      ],
    }),
    'findings.list': ({ severity, state, test, offset = 0, limit = 100 }) => {
      const matching = findings.filter(
        finding =>
          (severity === undefined || finding.severity === severity) &&
          (state === undefined || finding.state === state) &&
          (test === undefined || finding.test === test),
      );
      return {
        total: matching.length,
        all: findings.length,
        decided: findings.filter(finding => finding.state !== 'open').length,
        byGroup: { amounts: findings.length },
        byAssignee: { '': findings.length },
        byReview: {},
        flagged: findings.filter(finding => finding.flagged).length,
        names: ['R. Adler'],
        head: 0,
        bySeverity: countBy(findings.map(finding => finding.severity)),
        byTest: countBy(findings.map(finding => finding.test)),
        byState: countBy(findings.map(finding => finding.state)),
        findings: matching.slice(offset, offset + limit),
      };
    },
    'findings.read': ({ findingId }) => {
      const finding = findings.find(known => known.id === findingId) ?? findings[0]!;
      const run =
        finding.test === 'benford-first-two'
          ? BENFORD
          : { ...BENFORD, test: finding.test, title: 'Just below a threshold', bins: [], statistics: {} };
      return {
        finding,
        run,
        runs: [run],
        explanations: [
          { explanation: 'reversed', by: 'check', question: 'Was it paid back?', tried: null },
          { explanation: 'recurring', by: 'check', question: 'Is it a standing payment?', tried: null },
        ],
        history: [],
        head: 0,
        rows: [],
      };
    },
    'findings.related': () => ({ total: 0, findings: [] }),
    'findings.decide': ({ findingId, state, reason }) => {
      const finding = findings.find(known => known.id === findingId)!;
      finding.state = state;
      finding.stateReason = reason === '' ? null : (reason ?? null);
      return finding;
    },
    'tests.list': () => ({
      tests: TEST_CYCLE.map(test => ({
        id: test,
        version: '1.0.0',
        title: test,
        group: '',
        needs: [],
        uses: [],
        parameters: [],
      })),
    }),
    'examinations.read': () =>
      examined
        ? {
            runId: id(5, 1),
            ranAt: AT,
            stale: false,
            quality: QUALITY,
            duplicates: { exactGroups: 14, exactRows: 29, near: 6, overlaps: 0, confirmed: 0 },
            reconciliation: RECONCILIATION,
            tests: [BENFORD],
          }
        : null,
    'duplicates.list': () => ({
      total: 6,
      byKind: { near: 6 },
      byState: { open: 6 },
      pairs: Array.from({ length: 6 }, (_, index) => ({
        kind: 'near' as const,
        state: 'open' as const,
        score: 0.93 - index / 50,
        agree: ['amount', 'party'],
        differ: ['date', 'reference'],
        a: rowAt(index),
        b: rowAt(index + 6),
      })),
    }),
    'coverage.read': () => ({
      months: ['2024-01', '2024-02', '2024-03'],
      accounts: [
        {
          account: 'DE89370400440532013000',
          currency: 'EUR',
          institution: null,
          from: '2024-01-02',
          to: '2024-03-30',
          cells: (['balanced', 'missing', 'present'] as const).map((state, index) => ({
            state,
            transactions: index === 1 ? 0 : 31,
            sources: index === 1 ? [] : [id(2, 1)],
            reason: index === 1 ? 'no file covers a day of this month' : 'opening and closing balance agree',
          })),
          breaks: [
            {
              kind: 'gap',
              from: '2024-02-01',
              to: '2024-02-29',
              difference: null,
              message: '29 days are covered by no file',
            },
          ],
        },
      ],
    }),
    'quality.trend': () => ({ runs: [] }),
    'quality.fields': () => ({ fields: [] }),
    'parties.list': () => ({ total: 0, parties: [] }),
    'parties.proposals': () => ({ proposedAt: null, threshold: null, stale: false, total: 0, clusters: [] }),
    'reconciliations.matches': ({ status: wanted }) => ({
      total: 6,
      matches: Array.from({ length: 6 }, (_, index) => ({
        status: wanted,
        kind: '1:1',
        score: 0.97,
        reasons: ['amount: equal (4,990.00 EUR)', 'date: 2 days apart', 'reference: RG-20001 in both'],
        bank: [rowAt(index)],
        ledger: [rowAt(index + 40)],
      })),
    }),
    'reconciliations.orphans': () => ({
      total: 3,
      orphans: [0, 1, 2].map(index => ({
        transaction: rowAt(index),
        candidates:
          index === 2 ? [] : ['Row 88: amount differs by 12.50 EUR', 'Row 91: 19 days apart, the window is 5'],
      })),
    }),
    'reports.list': () => ({
      reports: options.empty
        ? []
        : [{ id: id(6, 1), builtAt: AT, pdfSha256: digest(3), htmlSha256: digest(4), auditRoot: digest(5) }],
    }),
    'reports.read': ({ format }) => ({
      fileName: `report.${format}`,
      mediaType: format === 'pdf' ? 'application/pdf' : 'text/html',
      content:
        format === 'pdf'
          ? 'JVBERi0='
          : '<!doctype html><html lang="en"><title>Report</title><h1>Report of the examination</h1><p>Scope, sources, findings.</p></html>',
    }),
    'audits.list': () => ({
      total: 42,
      root: digest(5),
      entries: Array.from({ length: 42 }, (_, index) => ({
        seq: 42 - index,
        at: AT,
        actor: 'R. Adler',
        role: 'financial_examiner',
        act: 'finding.decided',
        object: `finding ${id(3, index)}`,
        leaf: digest(index),
        clock: 'consistent' as const,
      })),
    }),
    'standardization.read': () => STANDARDIZATION,
    'standardization.changes': ({ field }) => ({
      total: 2,
      values: ['Helio  Facility Services', 'Nordwind Energie GmbH'].map((original, index) => ({
        field,
        original,
        standardized: original.replaceAll(/ +/g, ' ').toUpperCase(),
        origin: 'standardizer' as const,
        confidence: null,
        reason: 'compatibility forms and blanks folded, in capitals',
        problem: index === 0 ? null : 'made-up problem',
        rows: 67 - index,
        set: `value:${field}:${JSON.stringify([original, original.toUpperCase(), 'standardizer'])}`,
      })),
    }),
    'standardization.row': () => ({
      fields: [
        {
          field: 'party' as const,
          original: 'Helio  Facility Services',
          standardized: 'HELIO FACILITY SERVICES',
          origin: 'standardizer' as const,
          confidence: null,
          reason: 'compatibility forms and blanks folded, in capitals',
          problem: null,
        },
      ],
      rules: [{ ruleId: RULE.id, name: RULE.name, version: 2, decided: ['set-category: Rent'] }],
      tags: ['large'],
      duplicateOf: 12,
    }),
    'categories.list': () => ({
      taxonomy: [
        { category: 'Rent', group: 'Business' },
        { category: 'Fuel', group: 'Mobility' },
      ],
      counts: [
        { category: 'Rent', rows: 67, byOrigin: { rule: 67 }, set: 'category:rule:Rent' },
        { category: null, rows: 12, byOrigin: { unknown: 12 }, set: 'category:unknown:' },
      ],
    }),
    'categories.suggestions': () => ({
      total: PARTIES.length,
      suggestions: PARTIES.map((name, index) => ({
        party: name.toUpperCase(),
        name: name.toUpperCase(),
        direction: index % 2 === 0 ? ('out' as const) : ('in' as const),
        rows: 67 - index,
        category: index === 1 ? null : 'Utilities',
        confidence: index === 1 ? null : 0.72,
        reason: 'suggested: the words “energie”, “stadtwerke”',
        alternatives: [{ category: 'Rent', confidence: 0.11 }],
        set: `review:out:${name.toUpperCase()}`,
      })),
    }),
    'categories.confirm': () => ({ seq: 9 }),
    'rules.list': () => ({
      rules: [
        {
          rule: RULE,
          sentence: 'Where description contains “rent”, the category becomes “Rent”.',
          outcome: { ruleId: RULE.id, version: 2, matched: 67, effective: 67, dead: null },
        },
      ],
      conflicts: [],
    }),
    'rules.check': () => ({
      problems: [],
      sentence: 'Where description contains “rent”, the category becomes “Rent”.',
    }),
    'rules.dryRun': ({ examples = 10 }) => ({
      rows: options.transactions,
      matched: 67,
      effective: 67,
      sum: '-80400.00',
      conflicts: [],
      examples: Array.from({ length: Math.min(67, examples) }, (_, index) => rowAt(index)),
    }),
    'rules.save': () => ({ rule: RULE, seq: 9 }),
    'rules.templates': () => ({ templates: [] }),
    'recipes.list': () => ({
      head: 1,
      steps: [
        {
          seq: 1,
          kind: 'rule-saved',
          title: 'Rule “Rent”',
          actor: 'R. Adler',
          at: AT,
          standing: true,
          undoneBy: null,
          withoutEffect: false,
          step: { kind: 'rule-saved' as const, rule: RULE },
        },
      ],
    }),
    'recipes.previewUndo': () => ({ superseded: [] }),
    'recipes.undo': () => ({ head: 2 }),
    'recipes.redo': () => ({ head: 3 }),
    'jobs.list': () => ({ jobs: [] }),
    'jobs.cancel': () => ({ cancelled: true }),
  };
  const JOBS: readonly ChannelName[] = [
    'imports.start',
    'standardization.run',
    'examinations.run',
    'reports.build',
    'audits.verify',
  ];
  const isRefusal = (value: unknown): value is NexusErrorData =>
    typeof value === 'object' && value !== null && 'category' in value;
  const granted = (name: string) => ({ grant: `grant-${crypto.randomUUID()}`, name, bytes: 8123 });
  return {
    host: 'browser',
    invoke: async (channel, input): Promise<WireResult<unknown>> => {
      const name = channel as ChannelName;
      if (JOBS.includes(name)) return { ok: true, value: startJob(name) };
      const answer = answers[name] as ((given: unknown) => unknown) | undefined;
      const value =
        answer === undefined ? refusal('channel.unknown', 'usage', `No answer for ${channel}`) : answer(input);
      return isRefusal(value) ? { ok: false, error: value } : { ok: true, value: structuredClone(value) };
    },
    subscribe: listener => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    chooseFiles: async () => [granted('bank.csv')],
    chooseFolder: async () => ({ grant: 'folder-1', name: 'For the court' }),
    grantDroppedFiles: async files => files.map(({ name }) => granted(name)),
    sampleFiles: async () => [
      { ...granted('bank.csv'), side: 'bank' },
      { ...granted('ledger.csv'), side: 'ledger' },
    ],
  };
};

const TITLES: Readonly<Record<string, string>> = {
  'imports.start': 'Import',
  'examinations.run': 'Examination',
  'standardization.run': 'Standardization',
  'reports.build': 'Report',
  'audits.verify': 'Verification',
};
