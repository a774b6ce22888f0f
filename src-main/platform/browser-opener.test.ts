import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { browserOf, openerCommand } from './browser-opener.ts';

const folder = mkdtempSync(join(tmpdir(), 'nexus-browser-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Characters that a shell would read as its own. */
const ADDRESS = new URL('https://login.example/auth?a=1&b=$(touch%20x);c|d&calc.exe');

describe('opening the browser', () => {
  it('hands the address over as one argument, through no shell', async () => {
    const said = join(folder, 'said.json');
    const script = `require('node:fs').writeFileSync(${JSON.stringify(said)}, JSON.stringify(process.argv.slice(1)))`;
    await browserOf(url => [process.execPath, ['-e', script, '--', url.href]]).open(ADDRESS);
    expect(existsSync(said)).toBe(true);
    expect(JSON.parse(readFileSync(said, 'utf8'))).toEqual([ADDRESS.href]);
  });

  it.each(['linux', 'darwin', 'win32'] as const)('on %s names a program and the address, whole', platform => {
    const [program, args] = openerCommand(platform, ADDRESS);
    expect(program).toMatch(/^(xdg-open|open|rundll32\.exe)$/);
    expect(args.at(-1)).toBe(ADDRESS.href);
  });

  it('says when there is no such program, and when it fails', async () => {
    const missing = browserOf(url => [join(folder, 'no-such-program'), [url.href]]);
    await expect(missing.open(ADDRESS)).rejects.toMatchObject({ data: { code: 'browser.not-opened' } });
    const failing = browserOf(() => [process.execPath, ['-e', 'process.exit(3)']]);
    await expect(failing.open(ADDRESS)).rejects.toMatchObject({ data: { code: 'browser.not-opened' } });
  });

  it.each(['file:///etc/passwd', 'javascript:alert(1)', 'ms-settings:privacy', 'nexus://open'])(
    'starts nothing for %s',
    async address => {
      let started = false;
      const browser = browserOf(url => {
        started = true;
        return [process.execPath, [url.href]];
      });
      await expect(browser.open(new URL(address))).rejects.toMatchObject({ data: { code: 'browser.not-opened' } });
      expect(started).toBe(false);
    },
  );
});
