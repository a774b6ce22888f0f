import type * as Fs from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, vi } from 'vitest';
import { gunzip, SourceFile } from './source-file.ts';

// Root may read everything, so the system's refusal is stood in for: the rest of the file system is the real one.
vi.mock('node:fs', async original => {
  const fs = await original<typeof Fs>();
  return {
    ...fs,
    openSync: (path: string, flags: string) => {
      const code = ['EACCES', 'EPERM', 'EIO'].find(name => path.endsWith(name));
      if (code !== undefined) throw Object.assign(new Error(`${code}: refused`), { code });
      return fs.openSync(path, flags);
    },
  };
});

const opening = (name: string): Error => {
  try {
    new SourceFile(`/evidence/${name}`, name);
  } catch (error) {
    return error as Error;
  }
  return expect.fail('the file was opened');
};

describe('a file that may not be read', () => {
  it.each(['EACCES', 'EPERM'])('%s names the file and the way out', code => {
    expect(opening(code)).toMatchObject({
      data: {
        code: 'file.unreadable',
        category: 'input',
        file: code,
        message: `${code}: this account may not read the file.`,
        kept: 'Nothing of this file was stored.',
        remedy: 'Change the file’s permissions or copy it first.',
      },
    });
  });

  it('a fault of the medium says so', () => {
    expect(opening('EIO')).toMatchObject({
      data: { code: 'file.unreadable', message: 'EIO: EIO: refused', remedy: 'Copy the file from its medium again.' },
    });
  });
});

describe('a gzip file', () => {
  const unpacked = async (limit?: number): Promise<number> => {
    let bytes = 0;
    for await (const chunk of gunzip([gzipSync(Buffer.alloc(5_000, 'x'))], 'x.gz', limit)) bytes += chunk.length;
    return bytes;
  };

  it('unpacks to what it may, and is refused beyond', async () => {
    expect(await unpacked()).toBe(5_000);
    expect(await unpacked(5_000)).toBe(5_000);
    await expect(unpacked(4_999)).rejects.toMatchObject({ data: { code: 'gzip.bomb', category: 'input' } });
  });

  it('whose medium fails while it is read says so, and ends nothing else', async () => {
    const failing = function* (): Generator<Buffer> {
      yield gzipSync(Buffer.alloc(5_000, 'x')).subarray(0, 20);
      throw new Error('the medium fails');
    };
    const reading = async (): Promise<void> => {
      for await (const _chunk of gunzip(failing(), 'x.gz'));
    };
    await expect(reading()).rejects.toMatchObject({ data: { code: 'gzip.damaged' } });
  });
});
