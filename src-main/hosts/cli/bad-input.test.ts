import {
  closeSync,
  copyFileSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { InspectedFile } from '../../contract/imports.contract.ts';
import { ensureBundle, nexus, nexusJson, type Refusal, shared, temporaryFolder } from './command-line.fixture.ts';

const work = temporaryFolder();
afterAll(() => work.remove());

const file = (name: string, content: string | Buffer): string => {
  const path = join(work.path, name);
  writeFileSync(path, content);
  return path;
};
const ofx = readFileSync(shared('statements/ofx/ofxparse_checking.ofx'));
const camt = readFileSync(shared('statements/camt/genkgo_camt053.v3.xml'));

const inspect = async (paths: readonly string[], ...settings: string[]) => {
  const { code, value } = await nexusJson<{ files: InspectedFile[] }>(['inspect', ...paths, ...settings]);
  return { code, files: value.files };
};
/** The one file that was read: its amounts, and its rejected rows with their reasons. */
const readOne = async (path: string, ...settings: string[]) => {
  const { code, files } = await inspect([path], ...settings);
  const [only] = files;
  expect([code, only?.error]).toEqual([0, undefined]);
  return {
    amounts: only!.statements.flatMap(({ transactions = [] }) => transactions.map(({ row, amount }) => [row, amount])),
    rejected: only!.rejected.map(({ row, reason }) => [row, reason]),
    raw: only!.rejected.map(({ raw }) => raw),
    warnings: only!.warnings.map(({ code: warning }) => warning),
    format: only!.format,
  };
};

beforeAll(ensureBundle);

describe('files that are refused: the file, the place, the reason, the way out', () => {
  const noise = Buffer.from(Array.from({ length: 4096 }, (_, i) => (i * 7919 + (i >> 3)) & 0xff));
  const doctype = (declaration: string): string =>
    `<?xml version="1.0"?><!DOCTYPE Document ${declaration}><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02">&a;</Document>`;
  const cases: readonly (readonly [string, () => string, string, RegExp])[] = [
    ['an empty file', () => file('empty.csv', ''), 'file.empty', /empty\.csv is empty/],
    [
      'a folder',
      () => {
        mkdirSync(join(work.path, 'folder'));
        return join(work.path, 'folder');
      },
      'file.directory',
      /folder is a folder that holds no files/,
    ],
    ['a missing file', () => join(work.path, 'missing.csv'), 'file.not-found', /missing\.csv: there is no such file/],
    [
      'a link that leads nowhere',
      () => {
        symlinkSync('/nowhere/at-all', join(work.path, 'dangling.csv'));
        return join(work.path, 'dangling.csv');
      },
      'file.not-found',
      /dangling\.csv: there is no such file/,
    ],
    ['binary noise', () => file('noise.csv', noise), 'file.binary', /noise\.csv: The file is binary/],
    [
      'a cut OFX file',
      () => file('cut.ofx', ofx.subarray(0, 900)),
      'ofx.truncated',
      /inside <STMTTRN>, which begins on line 46/,
    ],
    [
      'a cut XML file',
      () => file('cut.xml', camt.subarray(0, 3000)),
      'xml.truncated',
      /ends before it is complete.*line \d+/,
    ],
    ['entities', () => file('entities.xml', doctype('[<!ENTITY a "aaaa">]')), 'xml.doctype', /DOCTYPE/],
    ['an external entity', () => file('doctype.xml', doctype('SYSTEM "file:///etc/passwd"')), 'xml.doctype', /DOCTYPE/],
    [
      'a cut gzip file',
      () => file('cut.csv.gz', readFileSync(shared('spend/oxford_jan-mar-2018.csv.gz')).subarray(0, 9000)),
      'gzip.damaged',
      /damaged or cut/,
    ],
    [
      'dates that fit no order',
      () => file('nodates.csv', 'Date,Amount\n2024-13-45,1.00\n99/99/2024,2.00\n'),
      'csv.no-date-column',
      /Columns: Date, Amount.*--set bookingDate=COLUMN/,
    ],
  ];

  it('each in its place, the others answered, exit 3', async () => {
    const good = file('good.csv', 'Date,Amount\n2024-01-31,1.00\n');
    const paths = cases.map(([, make]) => make());
    const { code, files } = await inspect([good, ...paths, good]);
    expect(code).toBe(3);
    expect(files.map(({ error }) => error?.code)).toEqual([
      undefined,
      ...cases.map(([, , expected]) => expected),
      undefined,
    ]);
    for (const [i, [, , , message]] of cases.entries()) {
      const { error, name, statements, sha256 } = files[i + 1]!;
      expect(error!.message).toMatch(message);
      expect(error!.message).toContain(name);
      expect(error!.kept).toBe('Nothing of this file was stored.');
      expect([statements, sha256]).toEqual([[], null]);
    }
  });

  it('in words on a terminal, without a stack', async () => {
    const { code, out, err } = await nexus(['inspect', join(work.path, 'missing.csv')]);
    expect([code, err]).toEqual([3, '']);
    expect(out).toMatch(
      /^refused \(file\.not-found\): .*missing\.csv: there is no such file\.\n {2}Nothing of this file was stored\.\n {2}Check the path\.\n$/,
    );
  });

  it('an examination of nothing but refused files is refused, and leaves no temporary workspace', async () => {
    const before = temporaryFolder();
    const { code, value } = await nexusJson<{ files: InspectedFile[] } & Refusal>(
      ['examine', join(work.path, 'cut.ofx')],
      {
        environment: { TMPDIR: before.path },
      },
    );
    expect([code, value.error.code, value.files[0]?.error?.code]).toEqual([3, 'input.all-refused', 'ofx.truncated']);
    expect(readdirSync(before.path)).toEqual([]);
    before.remove();
  });
});

describe('files that are read all the same', () => {
  it('by content, whatever they are called', async () => {
    copyFileSync(shared('statements/ofx/ofxparse_checking.ofx'), join(work.path, 'statement.csv'));
    expect((await readOne(join(work.path, 'statement.csv'))).format).toBe('ofx');
    const { format, amounts } = await readOne(file('table.xml', 'Date,Amount\n2024-01-31,1.00\n'));
    expect([format, amounts]).toEqual(['csv', [[2, '1.00']]]);
  });

  it('200 columns', async () => {
    const header = ['Date', 'Amount', ...Array.from({ length: 198 }, (_, i) => `c${i}`)].join(',');
    const rows = Array.from(
      { length: 28 },
      (_, i) => `2024-01-${String(i + 1).padStart(2, '0')},${i}.50${',x'.repeat(198)}`,
    );
    const { amounts, rejected } = await readOne(file('wide.csv', [header, ...rows, ''].join('\n')));
    expect(amounts).toHaveLength(28);
    expect([amounts.at(-1), rejected]).toEqual([[29, '27.50'], []]);
  });

  it('NUL bytes: the row is read and said to hold them; a row of nothing else is rejected', async () => {
    const { amounts, rejected, warnings } = await readOne(
      file('nul.csv', 'Date,Amount,Text\n2024-01-13,1.00,a\0b\n\0\0\0\n2024-01-15,3.00,d\n'),
    );
    expect(amounts).toEqual([
      [2, '1.00'],
      [4, '3.00'],
    ]);
    expect(rejected).toEqual([[3, '1 fields where 3 are usual: a needed one is missing']]);
    expect(warnings).toEqual(['csv.nul']);
  });

  it('mixed line ends: each ends a record, and it is said', async () => {
    const { amounts, warnings } = await readOne(
      file('mixed.csv', 'Date,Amount\r\n2024-01-13,1.00\n2024-01-14,2.00\r2024-01-15,3.00\r\n'),
    );
    expect(amounts.map(([row]) => row)).toEqual([2, 3, 4]);
    expect(warnings).toEqual(['csv.mixed-line-ends']);
  });

  it('1.234,56- is minus 1234.56', async () => {
    const { amounts } = await readOne(
      file('trailing.csv', 'Datum;Betrag\n31.01.2024;1.234,56-\n01.02.2024;2.000,00\n'),
    );
    expect(amounts).toEqual([
      [2, '-1234.56'],
      [3, '2000.00'],
    ]);
  });

  it('an amount that is no number and a date that is none are kept as rejected rows, with their raw line', async () => {
    const { amounts, rejected, raw } = await readOne(
      file('faulty.csv', 'Date,Amount\n2024-01-13,1.00\n2024-01-14,abc\n2024-02-30,3.00\n2024-01-16,4.00\n'),
    );
    expect(amounts).toEqual([
      [2, '1.00'],
      [5, '4.00'],
    ]);
    expect(rejected).toEqual([
      [3, 'amount "abc" in column "Amount" is not a number here (decimal sign ".")'],
      [4, 'date "2024-02-30" in column "Date" is no year-month-day date of the calendar'],
    ]);
    expect(raw).toEqual(['2024-01-14,abc', '2024-02-30,3.00']);
  });

  it('ambiguous dates are asked about, with the candidates, and read as answered', async () => {
    const path = file('ambiguous.csv', 'Date,Amount\n01/02/2024,1.00\n03/04/2024,2.00\n');
    const { code, files } = await inspect([path]);
    expect([code, files[0]?.error?.code]).toEqual([3, 'dialect.ambiguous']);
    expect(files[0]?.error?.candidates).toEqual({ dateOrder: ['dmy', 'mdy'] });
    const dates = async (order: string): Promise<unknown[]> => {
      const answered = await inspect([path], '--set', `dateOrder=${order}`);
      expect(answered.code).toBe(0);
      return answered.files[0]!.statements.map(({ from, to }) => [from, to]);
    };
    expect(await dates('dmy')).toEqual([['2024-02-01', '2024-04-03']]);
    expect(await dates('mdy')).toEqual([['2024-01-02', '2024-03-04']]);
  });

  it('a line of 300 MB is one rejected row; the rows around it are read, in bounded memory and time', async () => {
    const path = join(work.path, 'long.csv');
    const fd = openSync(path, 'w');
    writeSync(fd, 'Date,Amount,Text\n2024-01-13,1.00,a\n2024-01-14,2.00,');
    const piece = Buffer.alloc(10_000_000, 'x');
    for (let i = 0; i < 30; i++) writeSync(fd, piece);
    writeSync(fd, '\n2024-01-15,3.00,d\n');
    closeSync(fd);
    const started = performance.now();
    const { amounts, rejected, raw } = await readOne(path);
    expect(performance.now() - started).toBeLessThan(15_000);
    expect(amounts).toEqual([
      [2, '1.00'],
      [4, '3.00'],
    ]);
    expect(rejected).toEqual([[3, 'record of 300000016 bytes is longer than the 1 MiB a record may have']]);
    expect(raw[0]!.length).toBeLessThan(1 << 20);
  }, 60_000);
});
