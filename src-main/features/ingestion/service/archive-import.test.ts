import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countRows, Station, sharedPath } from '../../../engine/engine.fixture.ts';
import { zipOf } from '../../../platform/archive.fixture.ts';

// Archives through the real engine and a real encrypted store.
const station = new Station();
beforeAll(() => station.create());
afterAll(() => station.close());

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const HEADER = 'date,amount,currency,counterparty,reference,description\n';
const table = (...amounts: string[]): string =>
  HEADER +
  amounts.map((amount, i) => `2024-01-${String(i + 1).padStart(2, '0')},${amount},EUR,Acme,R-${i},x\n`).join('');
const stored = () =>
  station.inStore(db =>
    ['sources', 'statements', 'transactions', 'rejected_records', 'import_warnings'].map(name => countRows(db, name)),
  );
const verified = async (): Promise<unknown> => (await station.done('audits.verify', {})).problems;

describe('an archive', () => {
  it('is a source without records; each member is a source that names it; reads back, verifies, is recognized', async () => {
    const caseId = await station.createCase();
    const plain = table('10.00', '-2.50');
    const packed = gzipSync(table('1.00'));
    const bytes = zipOf([
      { name: 'jan/a.csv', content: plain },
      { name: 'b.csv.gz', content: packed, stored: true },
      { name: 'inner.zip', content: zipOf([{ name: 'c.csv', content: table('7.77', '8.88', '9.99') }]) },
      { name: 'letter.png', content: Buffer.from([0x89, 0x50, 0x4e, 0x47, 1, 2, 3, 4]) },
      { name: '.DS_Store', content: 'x' },
    ]);
    const path = station.file('x.zip', bytes);
    const files = await station.import(caseId, [path]);
    expect(files.map(file => [file.name, file.format, file.error?.code])).toEqual([
      ['x.zip/jan/a.csv', 'csv', undefined],
      ['x.zip/b.csv.gz', 'csv', undefined],
      ['x.zip/inner.zip/c.csv', 'csv', undefined],
      ['x.zip/letter.png', null, 'format.unsupported'],
    ]);
    for (const file of files) expect(file.archive).toEqual({ name: 'x.zip', sha256: sha256(bytes) });
    expect(files.map(file => file.sha256).slice(0, 2)).toEqual([sha256(Buffer.from(plain)), sha256(packed)]);
    expect(files.flatMap(file => file.warnings.map(warning => warning.code))).toEqual(['archive.skipped']);

    const { sources } = await station.invoke('sources.list', { caseId });
    expect(sources.map(source => [source.name, source.format, source.transactions])).toEqual([
      ['x.zip', 'zip', 0],
      ['x.zip/jan/a.csv', 'csv', 2],
      ['x.zip/b.csv.gz', 'csv', 1],
      ['x.zip/inner.zip/c.csv', 'csv', 3],
    ]);
    const [archive, ...members] = sources;
    expect(archive).toMatchObject({ sha256: sha256(bytes), bytes: bytes.length, containerId: null });
    for (const member of members) expect(member.containerId).toBe(archive!.id);

    const { rows } = await station.invoke('transactions.page', { caseId });
    expect(rows.map(row => row.amount)).toEqual(['10.00', '-2.50', '1.00', '7.77', '8.88', '9.99']);
    for (const [i, line] of [
      [1, '2024-01-02,-2.50,EUR,Acme,R-1,x'],
      [2, '2024-01-01,1.00,EUR,Acme,R-0,x'],
      [4, '2024-01-02,8.88,EUR,Acme,R-1,x'],
    ] as const) {
      const { raw } = await station.invoke('transactions.read', { caseId, transactionId: rows[i]!.id });
      expect(raw.text).toBe(line);
    }
    expect(await verified()).toEqual([]);

    const before = await stored();
    const again = await station.import(caseId, [station.file('renamed.zip', bytes)]);
    expect(again.map(file => [file.alreadyImported, file.error?.code])).toEqual([
      [true, undefined],
      [true, undefined],
      [true, undefined],
      [false, 'format.unsupported'],
    ]);
    expect(again.map(file => file.sourceId)).toEqual([...members.map(member => member.id), null]);
    expect(await stored()).toEqual(before);
    await station.done('examinations.run', { caseId });
    expect(await verified()).toEqual([]);
  });

  it('of which no member can be read leaves nothing', async () => {
    const caseId = await station.createCase('Nothing');
    const before = await stored();
    const sealed = station.sealed();
    const files = await station.import(caseId, [
      station.file(
        'none.zip',
        zipOf([
          { name: 'a.bin', content: '\u0000\u0001\u0002' },
          { name: 'b', content: '' },
        ]),
      ),
      station.file('empty.zip', zipOf([])),
      station.file('slip.zip', zipOf([{ name: '../../a.csv', content: table('1.00') }])),
      station.file('cut.zip', zipOf([{ name: 'a.csv', content: table('1.00') }]).subarray(0, 100)),
    ]);
    expect(files.map(file => [file.name, file.error?.code])).toEqual([
      ['none.zip/a.bin', expect.any(String)],
      ['none.zip/b', expect.any(String)],
      ['empty.zip', 'archive.empty'],
      ['slip.zip', 'archive.path'],
      ['cut.zip', 'archive.damaged'],
    ]);
    expect(await stored()).toEqual(before);
    expect(station.sealed()).toEqual(sealed);
    expect(await verified()).toEqual([]);
  });

  it('is inspected member by member, and stores nothing', async () => {
    const bytes = zipOf([
      { name: 'a.csv', content: table('10.00', '-2.50') },
      { name: 'sub/b.csv', content: 'a,b\n1,2\n' },
    ]);
    const before = await stored();
    const { files } = await station.done('files.inspect', {
      files: [{ grant: station.grant(station.file('y.zip', bytes)) }],
    });
    expect(files.map(file => [file.name, file.error?.category ?? file.statements[0]?.transactions?.length])).toEqual([
      ['y.zip/a.csv', 2],
      ['y.zip/sub/b.csv', 'input'],
    ]);
    expect(files[0]).toMatchObject({
      sha256: sha256(Buffer.from(table('10.00', '-2.50'))),
      archive: { name: 'y.zip', sha256: sha256(bytes) },
    });
    expect(await stored()).toEqual(before);

    const grant = station.grant(station.file('y.zip', bytes));
    expect((await station.invoke('files.members', { grant })).members?.map(({ name }) => name)).toEqual([
      'a.csv',
      'sub/b.csv',
    ]);
    const one = await station.done('files.inspect', { files: [{ grant, member: 'a.csv' }] });
    expect(one.files).toEqual([files[0]]);
    const none = await station.run('files.inspect', { files: [{ grant, member: 'c.csv' }] });
    expect(none.error).toMatchObject({ code: 'archive.no-such-member', category: 'usage' });
    const preview = await station.invoke('imports.preview', { grant, member: 'a.csv' });
    expect(preview).toMatchObject({
      file: { name: 'y.zip/a.csv', format: 'csv' },
      columns: ['date', 'amount', 'currency', 'counterparty', 'reference', 'description'],
      members: [{ name: 'a.csv' }, { name: 'sub/b.csv' }],
    });
  });

  it('from a bank’s portal: 37 statements, their entries and their net as counted beside it', async () => {
    const path = sharedPath('data/statements/camt/subite_LT6258_camt053_2024-03_04.zip');
    const expected = (
      JSON.parse(readFileSync(`${path}.expected.json`, 'utf8')) as {
        facts: { expected: { files: number; entries: number; net_by_currency: Record<string, string> } }[];
      }
    ).facts[0]!.expected;
    const caseId = await station.createCase('Portal');
    const files = await station.import(caseId, [path]);
    expect(files.filter(file => file.error === undefined)).toHaveLength(expected.files);
    const { total, sums } = await station.invoke('transactions.page', { caseId });
    expect(total).toBe(expected.entries);
    const cents = (text: string): bigint => BigInt(text.replace('.', ''));
    expect(sums.map(sum => [sum.currency, cents(sum.credits) - cents(sum.debits)])).toEqual(
      Object.entries(expected.net_by_currency).map(([currency, net]) => [currency, cents(net)]),
    );
    expect(await verified()).toEqual([]);
  });

  it('whose member is known as a file of its own is kept beside it', async () => {
    const caseId = await station.createCase('Known before');
    const content = table('3.33');
    const [single] = await station.import(caseId, [station.file('single.csv', content)]);
    const files = await station.import(caseId, [station.file('z.zip', zipOf([{ name: 'again.csv', content }]))]);
    expect(files).toMatchObject([{ alreadyImported: true, sourceId: single!.sourceId }]);
    const { sources } = await station.invoke('sources.list', { caseId });
    expect(sources.map(source => source.name)).toEqual(['single.csv', 'z.zip']);
    expect((await station.invoke('transactions.page', { caseId })).total).toBe(1);
    expect(await verified()).toEqual([]);
  });
});
