import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { PERMISSIONS } from '../src-main/contract/channel.ts';
import { contract } from '../src-main/contract/index.ts';

const page = readFileSync(new URL('../docs/permissions.md', import.meta.url), 'utf8');

test('docs/permissions.md is what the contract and the policy say', () => {
  const script = fileURLToPath(new URL('generate-permissions.mjs', import.meta.url));
  const check = spawnSync(process.execPath, [script, '--check'], { encoding: 'utf8' });
  expect(check.stderr).toBe('');
  expect(check.status).toBe(0);
});

test('every channel and every permission stands in it once', () => {
  const names = [...Object.keys(contract), ...PERMISSIONS];
  // A channel and a permission may share a name.
  for (const name of names)
    expect(
      page.split('\n').filter(line => line.startsWith(`| \`${name}\` |`)),
      name,
    ).toHaveLength(names.filter(other => other === name).length);
});
