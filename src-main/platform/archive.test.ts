import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { NexusError } from '../contract/errors.ts';
import type { Written } from './archive.fixture.ts';
import { zipOf } from './archive.fixture.ts';
import { isArchive, listArchive, rangeOfMember } from './archive-listing.ts';
import { memberChunks } from './archive-member.ts';
import type { ByteRange } from './byte-range.ts';
import { memoryRange } from './byte-range.ts';

// The archives are written by hand (archive.fixture.ts, after APPNOTE 6.3.10); the real ones come from a bank's portal.
const read = async (archive: Uint8Array): Promise<[name: string, content: string][]> => {
  const range = memoryRange(archive);
  const { members } = await listArchive(range, 'x.zip');
  const all: [string, string][] = [];
  for (const { name, place, error } of members) {
    if (error !== null) {
      all.push([name, error.code]);
      continue;
    }
    const chunks: Buffer[] = [];
    for await (const chunk of memberChunks(await rangeOfMember(range, place, name), place.at(-1)!, name))
      chunks.push(Buffer.from(chunk));
    all.push([name, Buffer.concat(chunks).toString()]);
  }
  return all;
};
const refusal = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'not refused',
    (error: NexusError) => error.data.code,
  );
/** The largest run of bytes a listing asked for: unpacking a member would need all of it. */
const watched = (archive: Uint8Array): { range: ByteRange; readonly asked: number } => {
  const inner = memoryRange(archive);
  const range: ByteRange & { asked: number } = {
    ...inner,
    asked: 0,
    read: (offset, length) => {
      range.asked += length;
      return inner.read(offset, length);
    },
  };
  return {
    range,
    get asked() {
      return range.asked;
    },
  };
};

describe('an archive', () => {
  it('gives its members in order: stored, deflated, empty, with data descriptors of both kinds, a comment', async () => {
    const members: Written[] = [
      { name: 'a.csv', content: 'one', stored: true },
      { name: 'dir/b.csv', content: 'two'.repeat(1000) },
      { name: 'empty.txt', content: '' },
      { name: 'c.ofx', content: 'three', descriptor: 'marked' },
      { name: 'd.ofx', content: 'four', descriptor: 'bare' },
      { name: 'Überweisung.csv', content: 'five' },
      { name: 'win\\dows.csv', content: 'six', host: 0 },
    ];
    expect(await read(zipOf(members, { comment: 'from the bank' }))).toEqual([
      ['a.csv', 'one'],
      ['dir/b.csv', 'two'.repeat(1000)],
      ['empty.txt', ''],
      ['c.ofx', 'three'],
      ['d.ofx', 'four'],
      ['Überweisung.csv', 'five'],
      ['win/dows.csv', 'six'],
    ]);
  });

  it('reads a name that is no UTF-8 in the code page the format was born with', async () => {
    // 0x81 is ü in code page 437.
    const archive = zipOf([{ name: 'M?ller.csv', content: 'x', flags: 0 }]);
    for (let at = archive.indexOf('M?ller'); at >= 0; at = archive.indexOf('M?ller', at + 1)) archive[at + 1] = 0x81;
    expect((await read(archive)).map(([name]) => name)).toEqual(['Müller.csv']);
  });

  it('gives any content back (property)', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ content: fc.string({ maxLength: 5000 }), stored: fc.boolean() }), { maxLength: 6 }),
        async contents => {
          const members = contents.map((member, i) => ({ name: `${i}.txt`, ...member }));
          expect(await read(zipOf(members))).toEqual(members.map(({ name, content }) => [name, content]));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('in an archive is listed below its name, and what operating systems leave is passed over', async () => {
    const inner = zipOf([
      { name: 'b.csv', content: 'inner' },
      { name: '.DS_Store', content: 'x' },
    ]);
    const archive = zipOf([
      { name: 'dir/', stored: true },
      { name: 'dir/a.csv', content: 'outer' },
      { name: '__MACOSX/dir/._a.csv', content: 'x' },
      { name: 'Thumbs.db', content: 'x' },
      { name: 'dir/inner.zip', content: inner },
      { name: 'stored.zip', content: inner, stored: true },
    ]);
    expect(await read(archive)).toEqual([
      ['dir/a.csv', 'outer'],
      ['dir/inner.zip/b.csv', 'inner'],
      ['stored.zip/b.csv', 'inner'],
    ]);
    expect((await listArchive(memoryRange(archive), 'x.zip')).skipped).toEqual([
      'dir/',
      '__MACOSX/dir/._a.csv',
      'Thumbs.db',
      'dir/inner.zip/.DS_Store',
      'stored.zip/.DS_Store',
    ]);
  });

  it('that a bank’s portal wrote is read (the counts stand in the .expected.json beside it)', async () => {
    const path = new URL('../../../shared/data/statements/camt/subite_LT6258_camt053_2024-03_04.zip', import.meta.url);
    const expected = JSON.parse(readFileSync(`${path.pathname}.expected.json`, 'utf8')) as {
      facts: { expected: { files?: number } }[];
    };
    const members = await read(readFileSync(path));
    expect(members.length).toBe(expected.facts[0]!.expected.files);
    for (const [name, content] of members) expect([name, content.slice(0, 5)]).toEqual([name, '<?xml']);
  });

  it('is told from a spreadsheet, which is one by its form', () => {
    const files = [{ name: 'a.csv', content: 'x' }];
    expect(isArchive(memoryRange(zipOf(files)))).toBe(true);
    expect(isArchive(memoryRange(zipOf([])))).toBe(true);
    expect(isArchive(memoryRange(zipOf([...files, { name: '[Content_Types].xml', content: '<x/>' }])))).toBe(false);
    expect(isArchive(memoryRange(zipOf([{ name: 'mimetype', content: 'x', stored: true }])))).toBe(false);
    expect(isArchive(memoryRange(Buffer.from('date,amount\n')))).toBe(false);
    // Cut off before its central directory.
    expect(isArchive(memoryRange(zipOf(files).subarray(0, 40)))).toBe(true);
    expect(isArchive(memoryRange(zipOf([{ name: '[Content_Types].xml', content: '<x/>' }]).subarray(0, 60)))).toBe(
      false,
    );
  });
});

describe('an archive is refused before anything is unpacked', () => {
  const csv = { name: 'a.csv', content: 'date,amount\n' };

  it.each<[what: string, archive: () => Buffer, code: string]>([
    ['damaged: no end record', () => zipOf([csv]).subarray(0, 60), 'archive.damaged'],
    ['bytes after its end', () => Buffer.concat([zipOf([csv]), Buffer.from('tail')]), 'archive.damaged'],
    ['bytes before its end record', () => zipOf([csv], { before: Buffer.from('hidden') }), 'archive.damaged'],
    ['a directory that lies elsewhere', () => zipOf([csv], { directoryAt: 3 }), 'archive.damaged'],
    ['an end record that counts more', () => zipOf([csv], { entries: 2 }), 'archive.damaged'],
    [
      'an end record that counts fewer',
      () => zipOf([csv, { ...csv, name: 'b.csv' }], { entries: 1 }),
      'archive.damaged',
    ],
    ['a part of a split one', () => zipOf([csv], { disk: 1 }), 'archive.split'],
    ['ZIP64 by its end record', () => zipOf([csv], { entries: 0xffff }), 'archive.zip64'],
    ['ZIP64 by a size', () => zipOf([{ ...csv, central: { bytes: 0xffffffff } }]), 'archive.zip64'],
    [
      '10,001 members',
      () => zipOf(Array.from({ length: 10_001 }, (_, i) => ({ name: `${i}`, stored: true }))),
      'archive.too-many-entries',
    ],
    ['encrypted', () => zipOf([{ ...csv, flags: 1 }]), 'archive.encrypted'],
    ['another method', () => zipOf([{ ...csv, method: 12 }]), 'archive.method'],
    ['a path that climbs', () => zipOf([{ ...csv, name: '../../etc/passwd' }]), 'archive.path'],
    ['a path that climbs in the middle', () => zipOf([{ ...csv, name: 'a/../../b.csv' }]), 'archive.path'],
    ['a path that climbs by backslashes', () => zipOf([{ ...csv, name: '..\\b.csv' }]), 'archive.path'],
    ['an absolute path', () => zipOf([{ ...csv, name: '/etc/passwd' }]), 'archive.path'],
    ['a path with a drive', () => zipOf([{ ...csv, name: 'C:\\b.csv' }]), 'archive.path'],
    ['a name with a NUL', () => zipOf([{ ...csv, name: 'a.csv\0.exe' }]), 'archive.path'],
    ['no name', () => zipOf([{ ...csv, name: '' }]), 'archive.path'],
    ['two members of one name', () => zipOf([csv, csv]), 'archive.duplicate-name'],
    ['a symbolic link', () => zipOf([{ ...csv, attributes: (0xa1ff << 16) >>> 0 }]), 'archive.symlink'],
    ['a device', () => zipOf([{ ...csv, attributes: (0x21ff << 16) >>> 0, host: 19 }]), 'archive.symlink'],
    [
      'another name in the local header',
      () => zipOf([{ ...csv, local: { name: 'b.csv' } }]),
      'archive.header-mismatch',
    ],
    ['another size in the local header', () => zipOf([{ ...csv, local: { bytes: 5 } }]), 'archive.header-mismatch'],
    ['other flags in the local header', () => zipOf([{ ...csv, local: { flags: 0 } }]), 'archive.header-mismatch'],
    [
      'a descriptor that says otherwise',
      () => zipOf([{ ...csv, descriptor: 'marked', central: { crc: 1 } }]),
      'archive.header-mismatch',
    ],
    [
      'a stored member of two sizes',
      () => zipOf([{ ...csv, stored: true, central: { bytes: 5 } }]),
      'archive.header-mismatch',
    ],
    [
      'no local header where one should be',
      () => zipOf([{ ...csv, central: { localAt: 5 } }]),
      'archive.header-mismatch',
    ],
    ['a member of a ratio above 100', () => zipOf([{ name: 'a', content: Buffer.alloc(2 << 20) }]), 'archive.ratio'],
    [
      'many small members of a ratio above 100 together',
      () => zipOf(Array.from({ length: 40 }, (_, i) => ({ name: `${i}`, content: Buffer.alloc(1 << 20) }))),
      'archive.ratio',
    ],
    [
      'more than 2 GiB',
      () =>
        zipOf([
          { name: 'a', content: 'x', central: { bytes: 0x7fffffff, packed: 30 << 20 } },
          { name: 'b', content: 'x', central: { bytes: 0x7fffffff, packed: 30 << 20 } },
        ]),
      'archive.too-large',
    ],
  ])('%s', async (_what, archive, code) => {
    expect(await refusal(listArchive(memoryRange(archive()), 'x.zip'))).toBe(code);
  });

  it('members that overlap', async () => {
    // The first quotes the local header of the second (D. Fifield, “A better zip bomb”, 2019).
    const quoted = zipOf([
      { name: 'a', content: Buffer.concat([Buffer.from('x'), zipOf([{ name: 'b', content: 'y' }])]), stored: true },
      { name: 'b', content: 'y', central: { localAt: 30 + 1 + 1 } },
    ]);
    expect(await refusal(listArchive(memoryRange(quoted), 'x.zip'))).toBe('archive.overlap');
  });

  it('having asked for no more of a bomb than its directory and headers', async () => {
    const bomb = zipOf(Array.from({ length: 4 }, (_, i) => ({ name: `${i}`, content: Buffer.alloc(200 << 20) })));
    const { range, ...seen } = watched(bomb);
    expect(await refusal(listArchive(range, 'x.zip'))).toBe('archive.ratio');
    expect(bomb.length).toBeGreaterThan(700_000);
    expect(seen.asked).toBeLessThan(70_000);
  });

  it('each message names the file and the way out', async () => {
    const error = await listArchive(memoryRange(zipOf([{ ...csv, name: '../x' }])), 'slip.zip').then(
      () => null,
      (thrown: NexusError) => thrown.data,
    );
    expect(error).toMatchObject({
      category: 'input',
      file: 'slip.zip',
      message: 'slip.zip: the member name “../x” leads out of the archive or is none.',
      kept: 'Nothing of this file was stored.',
      remedy: expect.stringMatching(/./) as string,
    });
  });
});

describe('a member that lies is refused while it is read', () => {
  const code = async (member: Written): Promise<string> => refusal(read(zipOf([member])));
  const content = 'date,amount\n'.repeat(100);

  it('more bytes than stated, or fewer, another sum, bytes after its end, damaged bytes', async () => {
    const bytes = content.length;
    expect(await code({ name: 'a', content, central: { bytes: bytes - 1 }, local: { bytes: bytes - 1 } })).toBe(
      'archive.size-lie',
    );
    expect(await code({ name: 'a', content, central: { bytes: bytes + 1 }, local: { bytes: bytes + 1 } })).toBe(
      'archive.damaged',
    );
    expect(await code({ name: 'a', content, after: Buffer.from('hidden') })).toBe('archive.damaged');
    const archive = zipOf([{ name: 'a', content }]);
    archive[40] = archive[40]! ^ 0xff;
    expect(await refusal(read(archive))).toBe('archive.damaged');
    const other = zipOf([{ name: 'a', content, stored: true }]);
    other[40] = other[40]! ^ 0x01;
    expect(await refusal(read(other))).toBe('archive.damaged');
  });

  it('an archive three deep is refused in its place, a damaged one in the archive too; the others are read', async () => {
    const third = zipOf([{ name: 'c.csv', content: 'c' }]);
    const second = zipOf([
      { name: 'b.csv', content: 'b' },
      { name: 'third.zip', content: third },
    ]);
    const archive = zipOf([
      { name: 'second.zip', content: second },
      { name: 'bad.zip', content: zipOf([{ name: '../x', content: 'x' }]) },
      { name: 'a.csv', content: 'a' },
    ]);
    expect(await read(archive)).toEqual([
      ['second.zip/b.csv', 'b'],
      ['second.zip/third.zip', 'archive.depth'],
      ['bad.zip', 'archive.path'],
      ['a.csv', 'a'],
    ]);
  });
});
