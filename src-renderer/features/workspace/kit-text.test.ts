import { describe, expect, it } from 'vitest';
import { kitLines, kitText } from './kit-text.ts';

const KIT = {
  workspaceId: '6b9f0c1e-0000-4000-8000-000000000001',
  recoveryCode: '0123-4567-89AB-CDEF-GHJK-MNPQ-RSTV',
  verificationKey: null,
  firstKey: 'ab'.repeat(32),
  keyFile: { name: 'a.nexus-key', content: 'secret of the stick' },
};

describe('the kit as text', () => {
  it('holds every part there is, the code first, and leaves out the missing one', () => {
    expect(kitLines(KIT).map(({ part }) => part)).toEqual(['recoveryCode', 'workspaceId', 'firstKey']);
  });

  it('never holds the key file: the two must not lie together', () => {
    const text = kitText('Kit', KIT, part => part);
    expect(text).toContain('recoveryCode:\n0123-4567-89AB-CDEF-GHJK-MNPQ-RSTV');
    expect(text).not.toContain('secret of the stick');
  });
});
