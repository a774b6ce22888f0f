import type * as Fs from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { SourceFile } from './source-file.ts';

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
