import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { NexusError } from '../../../contract/errors.ts';
import { ENVIRONMENT_FILE, readEnvironment } from './environment-profile.ts';

const home = mkdtempSync(join(tmpdir(), 'nexus-environment-'));
const path = join(home, ENVIRONMENT_FILE);
beforeEach(() => rmSync(path, { force: true, recursive: true }));
afterAll(() => rmSync(home, { recursive: true }));

const refusal = (text: string | null, variables: NodeJS.ProcessEnv = {}) => {
  if (text !== null) writeFileSync(path, text);
  try {
    readEnvironment(home, variables);
  } catch (error) {
    if (error instanceof NexusError) return error.data;
    throw error;
  }
  throw new Error('it was not refused');
};

describe('an environment', () => {
  it('is production where nothing says otherwise, without developer tools or a standing clock', () => {
    expect(readEnvironment(home, {})).toEqual({
      profile: 'production',
      features: { developerTools: false, fixedClock: false, openIdConnect: true },
    });
  });

  it('is what NEXUS_PROFILE says, before the file', () => {
    writeFileSync(path, '{ "profile": "production", "features": { "openIdConnect": false } }');
    expect(readEnvironment(home, { NEXUS_PROFILE: 'development' })).toEqual({
      profile: 'development',
      features: { developerTools: true, fixedClock: true, openIdConnect: false },
    });
  });

  it.each([
    ['{\n  "profile": "production",\n  "features": { "telepathy": true }\n}', 3, 'telepathy'],
    ['{\n  "features": {\n    "openIdConnect": "yes"\n  }\n}', 3, 'openIdConnect'],
    ['{\n  "profile": "staging"\n}', 2, 'profile'],
    ['{\n  "profile": "production",\n', 3, 'no JSON'],
    ['{\n\n  "features": { "developerTools": true }\n}', 3, 'developerTools'],
    ['{ "features": {\n  "openIdConnect": false,\n  "openIdConnect": true\n} }', 3, 'openIdConnect'],
    ['{ "profile": "production",\n "\\u0070rofile": "development" }', 1, 'profile'],
    ['{ "features": { "__proto__": { "developerTools": true } } }', 1, '__proto__'],
    ['[]', 1, ''],
    ['null', 1, ''],
    ['', 1, 'no JSON'],
  ])('is refused with the line and the way out: %s', (text, line, named) => {
    const { message, row, remedy, category } = refusal(text);
    expect(row).toBe(line);
    expect(message).toContain(named);
    expect(remedy).not.toBe('');
    expect(category).toBe('usage');
  });

  it('that is no plain small text is refused, and never waited for', () => {
    mkdirSync(path);
    expect(refusal(null).message).toContain('no file');
    rmSync(path, { recursive: true });
    symlinkSync('/dev/zero', path);
    expect(refusal(null).message).toContain('no file');
    rmSync(path);
    expect(spawnSync('mkfifo', [path]).status).toBe(0);
    expect(refusal(null).message).toContain('no file');
    rmSync(path);
    expect(refusal(' '.repeat(100_000)).message).toContain('65536 bytes');
    writeFileSync(path, Buffer.from([0x7b, 0xff, 0xfe, 0x7d]));
    expect(refusal(null).message).toContain('UTF-8');
  });

  it('of a profile that is none is refused', () => {
    expect(refusal(null, { NEXUS_PROFILE: 'prod' }).remedy).toContain('production or development');
  });
});
