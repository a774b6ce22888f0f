import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isoDate, UNKNOWN_DAY } from '../../../kernel/civil-date.ts';
import { settlementDay } from './nacha-date.ts';
import { createNachaParser } from './nacha-parser.ts';
import { sniffFormat } from './sniff-format.ts';
import { hostCodec, readDocument, refusalOf } from './testing/xml-document.ts';

// Records are written after the layouts of the Nacha Operating Rules, appendix three; positions are the rules'.
const line = (...parts: readonly (readonly [position: number, text: string])[]): string => {
  let text = '';
  for (const [position, part] of parts) text = text.padEnd(position - 1).slice(0, position - 1) + part;
  return text.padEnd(94);
};
const number = (value: number, digits: number): string => String(value).padStart(digits, '0');
const fileHeader = line(
  [1, '101 231380104 121042882'],
  [24, '240301'],
  [30, '0000A094101'],
  [41, 'BANK'],
  [64, 'COMPANY'],
);
interface Batch {
  readonly serviceClass?: string;
  readonly entryClass?: string;
  readonly effective?: string;
  readonly settlement?: string;
}
const batchHeader = ({
  serviceClass = '200',
  entryClass = 'PPD',
  effective = '240304',
  settlement = '',
}: Batch = {}): string =>
  line(
    [1, `5${serviceClass}`],
    [5, 'COMPANY'],
    [41, '1234567890'],
    [51, entryClass],
    [54, 'PAYROLL'],
    [70, effective],
    [76, settlement],
    [79, '1'],
    [80, '12104288'],
    [88, '0000001'],
  );
interface Entry {
  readonly code?: string;
  readonly cents: number;
  readonly addenda?: '0' | '1';
  readonly routing?: string;
  readonly trace?: number;
}
const entry = ({ code = '22', cents, addenda = '0', routing = '231380104', trace = 1 }: Entry): string =>
  line(
    [1, `6${code}`],
    [4, routing],
    [13, '12345678'],
    [30, number(cents, 10)],
    [40, 'ID-7'],
    [55, 'RECEIVER NAME'],
    [79, addenda],
    [80, `12104288${number(trace, 7)}`],
  );
const addenda = (type: string, text: string): string => line([1, `7${type}`], [4, text], [84, '00010000001']);
interface Control {
  readonly entries: number;
  readonly hash: number;
  readonly debit?: number;
  readonly credit?: number;
}
const batchControl = ({ entries, hash, debit = 0, credit = 0 }: Control, serviceClass = '200'): string =>
  line(
    [1, `8${serviceClass}`],
    [5, number(entries, 6)],
    [11, number(hash, 10)],
    [21, number(debit, 12)],
    [33, number(credit, 12)],
    [45, '1234567890'],
    [80, '12104288'],
    [88, '0000001'],
  );
const fileControl = ({ entries, hash, debit = 0, credit = 0 }: Control, batches = 1, blocks = 1): string =>
  line(
    [1, '9'],
    [2, number(batches, 6)],
    [8, number(blocks, 6)],
    [14, number(entries, 8)],
    [22, number(hash, 10)],
    [32, number(debit, 12)],
    [44, number(credit, 12)],
  );
const HASH = 23_138_010;
/** A file of one batch whose controls are right for these entries. */
const file = (entries: readonly string[], control: Control, batch: Batch = {}): string[] => [
  fileHeader,
  batchHeader(batch),
  ...entries,
  batchControl(control, batch.serviceClass),
  fileControl(control, 1, Math.ceil((entries.length + 4) / 10)),
];
const read = (lines: readonly string[], size = 113) =>
  readDocument(createNachaParser, `${lines.join('\n')}\n`, size).sink;
const refusal = (lines: readonly string[]): string => refusalOf(createNachaParser, lines.join('\n')).code;

describe('createNachaParser', () => {
  it('gives credits of the receiver positive and debits negative, in cents of USD', () => {
    const sink = read(
      file(
        [
          entry({ cents: 12_345 }),
          entry({ code: '37', cents: 500, trace: 2 }),
          entry({ code: '55', cents: 10, trace: 3 }),
        ],
        { entries: 3, hash: 3 * HASH, debit: 510, credit: 12_345 },
      ),
    );
    expect(sink.warnings).toEqual([]);
    expect(sink.headers).toEqual([
      { accountId: '1234567890', currency: 'USD', institution: '12104288', owner: 'COMPANY', statementId: '0000001' },
    ]);
    expect(sink.transactions.map(each => [each.amount, each.type])).toEqual([
      [{ units: 12_345, scale: 2 }, 'PPD 22 checking credit'],
      [{ units: -500, scale: 2 }, 'PPD 37 savings debit'],
      [{ units: -10, scale: 2 }, 'PPD 55 loan debit (reversal)'],
    ]);
    expect(sink.transactions[0]).toMatchObject({
      place: { row: 3, byteOffset: 190, byteLength: 94 },
      counterparty: 'RECEIVER NAME',
      counterpartyAccount: '231380104/12345678',
      reference: '121042880000001',
      description: 'PAYROLL ID-7',
      valueDate: UNKNOWN_DAY,
    });
    expect(isoDate(sink.transactions[0]?.bookingDate ?? 0)).toBe('2024-03-04');
  });

  it('keeps a company’s whole name where no number of addenda stands before it (ENR, as moov-io/ach writes it)', () => {
    const control = { entries: 1, hash: HASH, credit: 1 };
    const name = (text: string): string | undefined => {
      const detail = entry({ cents: 1 });
      const sink = read(
        file([`${detail.slice(0, 54)}${text.padEnd(22)}${detail.slice(76)}`], control, { entryClass: 'ENR' }),
      );
      return sink.transactions[0]?.counterparty;
    };
    expect(name('Best. #1')).toBe('Best. #1');
    expect(name('0002Best. #1')).toBe('Best. #1');
  });

  it('gives the process control field and the item research number of a truncated check (TRC, XCK)', () => {
    const sink = read(file([entry({ cents: 1 })], { entries: 1, hash: HASH, credit: 1 }, { entryClass: 'TRC' }));
    // RECEIVER NAME lies in 55–76: control field RECEIV (55–60), item ER NAME (61–76).
    expect(sink.transactions[0]).toMatchObject({ counterparty: '', description: 'PAYROLL ID-7 RECEIV ER NAME' });
  });

  it('tells a reason of a return or change that the rules do not have (Nacha: R01–R85, C01–C69, with gaps)', () => {
    const returned = (type: string, reason: string) =>
      read(
        file([entry({ cents: 1, code: '21', addenda: '1' }), addenda(type, reason)], {
          entries: 2,
          hash: HASH,
          credit: 1,
        }),
      );
    for (const reason of ['R01', 'R39', 'R47', 'R53', 'R62', 'R77', 'R85'])
      expect(returned('99', reason).codes).toEqual([]);
    for (const reason of ['C01', 'C14', 'C69']) expect(returned('98', reason).codes).toEqual([]);
    for (const reason of ['R00', 'R48', 'R96', 'C78', '   ']) {
      const sink = returned(reason.startsWith('C') ? '98' : '99', reason);
      expect(sink.codes).toEqual(['nacha.reason']);
      expect(sink.transactions).toHaveLength(1);
    }
  });

  it('is told by a batch header too, and says that the file header is missing', () => {
    const [, ...headless] = file([entry({ cents: 1 })], { entries: 1, hash: HASH, credit: 1 });
    for (const lineEnd of ['\n', '\r\n'])
      expect(sniffFormat(new TextEncoder().encode(headless.join(lineEnd)), hostCodec).format).toBe('nacha');
    expect(refusal(headless)).toBe('nacha.no-header');
    expect(sniffFormat(new TextEncoder().encode('5200;2024-01-01;x\n622;5\n'), hostCodec).format).toBe('csv');
  });

  it('keeps prenotes and zero-dollar entries', () => {
    const sink = read(
      file(
        [
          entry({ code: '23', cents: 0 }),
          entry({ code: '29', cents: 0, addenda: '1', trace: 2 }),
          addenda('05', 'remittance of nothing'),
        ],
        {
          entries: 3,
          hash: 2 * HASH,
        },
      ),
    );
    expect(sink.warnings).toEqual([]);
    expect(sink.transactions.map(each => [each.amount.units, each.type, each.description])).toEqual([
      [0, 'PPD 23 checking credit prenote', 'PAYROLL ID-7'],
      [0, 'PPD 29 checking zero-dollar debit', 'PAYROLL ID-7 remittance of nothing'],
    ]);
  });

  it('takes the settlement date where there is no effective entry date, and invents none', () => {
    const date = (effective: string, settlement: string): readonly (string | null)[] => {
      const sink = read(file([entry({ cents: 1 })], { entries: 1, hash: HASH, credit: 1 }, { effective, settlement }));
      const [transaction] = sink.transactions;
      return [isoDate(transaction?.bookingDate ?? 0), isoDate(transaction?.valueDate ?? 0), ...sink.codes];
    };
    expect(date('240304', '065')).toEqual(['2024-03-04', '2024-03-05']);
    expect(date('', '065')).toEqual(['2024-03-05', '2024-03-05', 'nacha.date-from-settlement']);
    expect(date('000000', '   ')).toEqual([null, null, 'nacha.no-date']);
    expect(date('240231', '')).toEqual([null, null, 'nacha.effective-date', 'nacha.no-date']);
  });

  it('checks counts, hash, totals, blocks and batches', () => {
    const lines = file([entry({ cents: 100 }), addenda('05', 'x')], { entries: 2, hash: HASH, credit: 100 });
    lines[4] = batchControl({ entries: 3, hash: 1, debit: 5, credit: 6 });
    lines[5] = fileControl({ entries: 4, hash: 2, debit: 7, credit: 8 }, 9, 9);
    expect(read(lines).warnings.map(each => `${each.row} ${each.message}`)).toEqual([
      '3 An entry’s addenda indicator and its addenda records disagree',
      '5 The batch control states 3 entries and addenda, there are 2',
      '5 The batch control states the entry hash 1, the entries give 23138010',
      '5 The batch control states a debit total of 0.05, the entries add up to 0.00',
      '5 The batch control states a credit total of 0.06, the entries add up to 1.00',
      '6 The file control states 4 entries and addenda, there are 2',
      '6 The file control states the entry hash 2, the entries give 23138010',
      '6 The file control states a debit total of 0.07, the entries add up to 0.00',
      '6 The file control states a credit total of 0.08, the entries add up to 1.00',
      '6 The file control states 9 batches, there are 1',
      '6 The file control states 9 blocks of ten records, there are 1',
    ]);
  });

  it('keeps ten digits of the entry hash', () => {
    const entries = Array.from({ length: 110 }, (_, i) => entry({ cents: 1, routing: '999999992', trace: i }));
    // 110 × 99,999,999 = 10,999,999,890, of which ten digits are 0999999890.
    expect(read(file(entries, { entries: 110, hash: 999_999_890, credit: 110 })).warnings).toEqual([]);
  });

  it('tells a wrong service class, a wrong check digit and a control that names another batch', () => {
    const lines = file(
      [entry({ code: '27', cents: 1, routing: '231380105' })],
      { entries: 1, hash: HASH, debit: 1 },
      { serviceClass: '220' },
    );
    lines[3] = `${lines[3]?.slice(0, 87)}0000002`;
    expect(read(lines).codes).toEqual(['nacha.check-digit', 'nacha.service-class', 'nacha.batch-differs']);
  });

  it('reads the layouts of CTX, CIE, POS, returns and refused notifications', () => {
    const single = (entryClass: string, record: string, more: readonly string[] = []): Record<string, unknown> => {
      const [transaction] = read([
        fileHeader,
        batchHeader({ entryClass }),
        record,
        ...more,
        batchControl({ entries: 1, hash: HASH }),
        fileControl({ entries: 1, hash: HASH }),
      ]).transactions;
      return { ...transaction };
    };
    const corporate = line(
      [1, '622231380104'],
      [13, '1'],
      [30, '0000000001'],
      [40, 'ID'],
      [55, '0002'],
      [59, 'CORPORATION'],
      [79, '1'],
      [80, '121042880000001'],
    );
    expect(single('CTX', corporate, [addenda('05', 'ISA*1'), addenda('05', 'GS*2')])).toMatchObject({
      counterparty: 'CORPORATION',
      description: 'PAYROLL ID ISA*1 GS*2',
    });
    expect(
      single(
        'CIE',
        line([1, '622231380104'], [13, '1'], [30, '0000000001'], [40, 'THE PAYER'], [55, 'BILL-1'], [79, '0']),
      ),
    ).toMatchObject({
      counterparty: 'THE PAYER',
      description: 'PAYROLL BILL-1',
    });
    const terminal = line([1, '702'], [36, 'SHOP 7'], [63, 'RENO'], [78, 'NV']);
    expect(single('POS', entry({ code: '27', cents: 1, addenda: '1' }), [terminal])).toMatchObject({
      counterparty: 'SHOP 7',
      description: 'PAYROLL ID-7 RECEIVER NAME RENO NV',
    });
    const returned = line(
      [1, '799R02'],
      [7, '121042880000009'],
      [28, '23138010'],
      [36, 'SEE LETTER'],
      [80, '231380100000001'],
    );
    expect(single('PPD', entry({ code: '26', cents: 1, addenda: '1' }), [returned])).toMatchObject({
      type: 'PPD 26 checking debit, return R02',
      description: 'PAYROLL ID-7 R02 account closed original trace 121042880000009 SEE LETTER',
    });
    expect(single('PPD', entry({ code: '21', cents: 1 }))).toMatchObject({
      type: 'PPD 21 checking credit, return or notification',
    });
  });

  it('rejects what it cannot read, in place, and keeps the rest', () => {
    const good = entry({ cents: 100 });
    const sink = read([
      fileHeader,
      entry({ cents: 1 }),
      batchHeader(),
      addenda('05', 'of nothing'),
      good,
      `${good.slice(0, 32)}XX${good.slice(34)}`,
      entry({ code: '25', cents: 1 }),
      'garbage',
      addenda('77', 'what'),
      batchControl({ entries: 4, hash: 3 * HASH, credit: 100 }),
      '9'.repeat(94),
      fileControl({ entries: 4, hash: 3 * HASH, credit: 100 }, 1, 2),
      '9'.repeat(94),
      good,
    ]);
    expect(sink.transactions.map(each => each.amount.units)).toEqual([100]);
    expect(sink.rejected.map(each => `${each.place.row}: ${each.reason}`)).toEqual([
      '2: an entry outside a batch',
      '4: an addenda record without an entry',
      '6: an entry cannot be read: its amount "000XX00100" is not all digits',
      '8: ACH has no record type "g"',
      '7: an entry cannot be read: there is no transaction code "25"',
      '11: padding before the file control',
      '14: a record after the file control',
    ]);
    expect(sink.codes).toEqual(['nacha.addenda-type']);
  });

  it('refuses what is cut short or shifted', () => {
    const lines = file([entry({ cents: 1 })], { entries: 1, hash: HASH, credit: 1 });
    expect(refusal(lines.slice(0, 4))).toBe('nacha.truncated');
    expect(refusal([...lines.slice(0, 4), ...lines])).toBe('nacha.truncated');
    expect(refusal([...lines.slice(0, 3), ...lines.slice(4)])).toBe('nacha.structure');
    expect(refusal([...lines.slice(0, 3), ...lines.slice(1)])).toBe('nacha.structure');
    expect(refusal(lines.slice(1))).toBe('nacha.no-header');
    expect(refusal([])).toBe('nacha.no-header');
    expect(refusal([`1${lines[0]}`, ...lines.slice(1)])).toBe('nacha.header');
  });

  it('reads several files in one, records without line ends and a line of several megabytes', () => {
    const one = file([entry({ cents: 1 })], { entries: 1, hash: HASH, credit: 1 });
    const both = [...one, ...Array.from({ length: 5 }, () => '9'.repeat(94)), ...one];
    expect(read(both).transactions.length).toBe(2);
    const joined = readDocument(createNachaParser, both.join('')).sink;
    expect(joined.warnings).toEqual([]);
    expect(joined.transactions.map(each => each.place)).toEqual([
      { row: 3, byteOffset: 188, byteLength: 94 },
      { row: 13, byteOffset: 12 * 94, byteLength: 94 },
    ]);
    const count = 20_000;
    const entries = Array.from({ length: count }, (_, i) => entry({ cents: 1, trace: i }));
    const control = { entries: count, hash: (count * HASH) % 10_000_000_000, credit: count };
    for (const size of [65_536, 10_007]) {
      const { sink } = readDocument(createNachaParser, file(entries, control).join(''), size);
      expect([sink.transactions.length, sink.warnings]).toEqual([count, []]);
      expect(sink.transactions.at(-1)?.place.byteOffset).toBe((count + 1) * 94);
    }
  });

  it('counts letters of several bytes as one character', () => {
    const sink = read(
      file([entry({ cents: 7 }).replace('RECEIVER NAME', 'RÉCEIVER NÂME')], { entries: 1, hash: HASH, credit: 7 }),
    );
    expect(sink.transactions[0]).toMatchObject({ counterparty: 'RÉCEIVER NÂME', reference: '121042880000001' });
    expect(sink.warnings).toEqual([]);
  });

  it('gives totals equal to the controls, whatever the bytes come in (property)', () => {
    const amounts = fc.record({
      code: fc.constantFrom('22', '27', '32', '37', '21', '26'),
      cents: fc.integer({ min: 0, max: 9_999_999_999 }),
    });
    fc.assert(
      fc.property(
        fc.array(amounts, { maxLength: 25 }),
        fc.integer({ min: 1, max: 300 }),
        fc.boolean(),
        (values, size, run) => {
          const sum = (credit: boolean): number =>
            values.reduce((all, { code, cents }) => all + (/[12]$/.test(code) === credit ? cents : 0), 0);
          const control = {
            entries: values.length,
            hash: (values.length * HASH) % 10_000_000_000,
            debit: sum(false),
            credit: sum(true),
          };
          const lines = file(
            values.map((value, i) => entry({ ...value, trace: i })),
            control,
          );
          const { sink } = readDocument(createNachaParser, run ? lines.join('') : lines.join('\r\n'), size);
          expect(sink.warnings).toEqual([]);
          expect(sink.transactions.reduce((all, { amount }) => all + amount.units, 0)).toBe(
            control.credit - control.debit,
          );
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('settlementDay', () => {
  it('finds the year nearest to a date of the file', () => {
    const day = (digits: string, near: string): string | null => {
      const found = settlementDay(digits, Date.parse(near) / 86_400_000);
      return found === null ? null : isoDate(found);
    };
    expect(day('001', '2023-12-31')).toBe('2024-01-01');
    expect(day('365', '2024-01-02')).toBe('2023-12-31');
    expect(day('366', '2024-01-02')).toBe('2024-12-31');
    expect(day('000', '2024-01-02')).toBeNull();
    expect(settlementDay('100', null)).toBeNull();
  });
});

describe('the recognition of ACH files', () => {
  it('knows a file header and takes no table', () => {
    const sniff = (text: string) => sniffFormat(new TextEncoder().encode(text), hostCodec).format;
    expect(sniff(`${fileHeader}\n${batchHeader()}`)).toBe('nacha');
    for (const text of ['101,231380104,5.00\n102,231380105,6.00\n', 'id;amount\n094101;5,00\n'])
      expect(sniff(text)).toBe('csv');
  });
});
