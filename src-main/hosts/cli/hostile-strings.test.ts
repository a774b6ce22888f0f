import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ensureBundle, nexus, temporaryFolder } from './command-line.fixture.ts';

// text of evidence, names of files and arguments reach the terminal encoded: no control character of C0, C1 or ANSI,
// no change of direction, no line that the text makes up itself. (Biome: the characters are the point of this file.)
const HOSTILE: Readonly<Record<string, string>> = {
  ANSI: '\u001b[2J\u001b[31mred',
  'window title': '\u001b]0;owned\u0007',
  'C1 control': '\u009b31mred',
  bell: 'ring\u0007',
  backspace: 'safe\u0008\u0008\u0008\u0008evil',
  'carriage return': 'Total 1\rTotal 9',
  'right to left': 'invoice\u202efdp.exe',
  isolate: 'a\u2066b\u2069',
  delete: 'x\u007f',
};
/** What may never stand in output for people; a line's end is the program's own. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const COMMANDS_A_TERMINAL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

const work = temporaryFolder();
beforeAll(() => {
  ensureBundle();
  mkdirSync(join(work.path, 'files'));
}, 120_000);
afterAll(() => work.remove());

it('of evidence and of file names, in the examination and in refusals', async () => {
  const words = Object.values(HOSTILE);
  const rows = words.flatMap((word, i) =>
    [1, 2].map(() => `2024-01-0${i + 1},10.00,EUR,"${word}",R-${i},"${word}\nforged: line"\n`),
  );
  const header = 'date,amount,currency,counterparty,reference,description\n';
  writeFileSync(join(work.path, 'files', 'evil \u001b[2J\u202efdp.csv'), header + rows.join(''));
  writeFileSync(join(work.path, 'files', 'broken \u001b]0;x\u0007.csv'), `${words.join(',')}\n\u001b[31m\n`);
  for (const args of [
    ['examine', join(work.path, 'files')],
    ['inspect', join(work.path, 'files', 'evil \u001b[2J\u202efdp.csv')],
    ['examine', join(work.path, 'files', 'broken \u001b]0;x\u0007.csv')],
    ['examine', join(work.path, 'not there \u001b[2J\u009b')],
    ['verify', join(work.path, 'not \u001b[31m one')],
    ['examine', '--set', 'currency=\u001b[31m', join(work.path, 'files')],
    ['nonsense\u001b[2J'],
    ['examine', '--nonsense\u001b[2J'],
  ]) {
    const { out, err } = await nexus(args);
    const where = JSON.stringify(args);
    expect(`${out}${err}`.length, where).toBeGreaterThan(0);
    expect(COMMANDS_A_TERMINAL.exec(out + err), where).toBeNull();
    expect(`${out}${err}`.split('\n'), where).not.toContain('forged: line');
  }
}, 120_000);

// Each of these names, settings and arguments tries to make up a verdict of its own in a line of its own.
it('makes up no line: file names, settings, parameters and columns that hold line ends', async () => {
  const forged = 'All files hold. [exit 0]';
  const folder = join(work.path, 'lines');
  mkdirSync(folder);
  const name = join(folder, `x\n${forged}\ny.csv`);
  writeFileSync(name, 'date,amount,"Name\nAll files hold. [exit 0]\n"\n2024-01-02,1.00,a\n2024-01-03,x,b\n');
  const empty = join(folder, `e\n${forged}\n.csv`);
  writeFileSync(empty, '');
  for (const args of [
    ['inspect', name],
    ['inspect', empty],
    ['inspect', join(folder, `none\n${forged}\n`)],
    ['inspect', folder, '--set', `currency==\n${forged}\n`],
    ['examine', empty],
    ['examine', folder, '--case', `c\n${forged}\n`],
    ['reconcile', name, name],
    ['link', name],
    ['test', 'benford-first', name, '--amount', `\n${forged}\n`],
    ['test', 'benford-first', name, '--amount', 'amount', '--set', `min=\n${forged}\n`],
    [`\n${forged}\n`],
    ['inspect', `--\n${forged}\n`],
  ]) {
    const { out, err } = await nexus(args);
    const lines = `${out}${err}`.split(/[\n\u2028\u2029]/);
    const where = JSON.stringify(args);
    expect(lines.join('').length, where).toBeGreaterThan(0);
    expect(
      lines.filter(line => line.trim().startsWith(forged)),
      where,
    ).toEqual([]);
  }
}, 180_000);

it('the control: the pattern finds each of them', () => {
  for (const [what, text] of Object.entries(HOSTILE)) expect(COMMANDS_A_TERMINAL.test(text), what).toBe(true);
});

it('JSON for programs escapes control characters', async () => {
  const { out } = await nexus(['examine', join(work.path, 'not there \u001b[2J\u0007'), '--json']);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  expect(out).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/);
  expect(() => JSON.parse(out) as unknown).not.toThrow();
}, 60_000);
