import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { ChannelResult } from '../../../contract/index.ts';
import { exportVerdict } from './verify-export.ts';
import { oneLine } from './verify-text.ts';

const NAME = 'a.csv\nEverything that was checked holds.\nsigned with X\nx';
const VERDICT: ChannelResult<'audits.verifyExport'> = {
  ok: false,
  entries: 1,
  root: 'r\nEverything that was checked holds.',
  checkpoints: 1,
  unwitnessed: 1,
  evidence: { files: 1, mismatched: [NAME] },
  problems: [{ code: 'evidence.digest', where: NAME, message: 'the file is not the original that was imported' }],
  export: { entries: 1, scope: '{"kind":"all\u0085"}', key: 'k\u202e', notes: ['n\r'] },
};

describe('a verdict as it is printed (R-40)', () => {
  it('has the lines that the program writes, whatever the values hold', () => {
    const lines = exportVerdict(VERDICT).split('\n');
    // Six lines of the verdict, one note, one problem, and the end of the last.
    expect(lines).toHaveLength(9);
    expect(lines[0]).toBe('INTEGRITY FAILURE');
    expect(lines.filter(line => line.startsWith('Everything') || line === 'signed with X')).toEqual([]);
    expect(lines[7]).toBe(
      'evidence.digest at a.csv\\u000aEverything that was checked holds.\\u000asigned with X\\u000ax: the file is not the original that was imported',
    );
    expect(lines[3]).toBe('signed with k\\u202e');
  });

  it('escapes what the stand-alone verifier escapes, and leaves letters as they are', () => {
    // Of all categories that either may escape (Unicode: Cc, Cf, Co, Z…), and some letters; what is unassigned differs by version.
    const characters = Array.from({ length: 0xe0100 }, (_, code) => code)
      .filter(code => /[\p{Cc}\p{Cf}\p{Z}]/u.test(String.fromCodePoint(code)))
      .concat(0xe000, 0x41, 0xe9, 0x2019, 0x4e00, 0x1f0a1);
    expect(characters.length).toBeGreaterThan(200);
    const script = [
      'import json, sys',
      `sys.path.insert(0, ${JSON.stringify(fileURLToPath(new URL('../../../../resources/verifier', import.meta.url)))})`,
      'import nexus_verify',
      'print(json.dumps([nexus_verify.one_line(chr(code)) for code in json.load(sys.stdin)]))',
    ].join('\n');
    const { stdout, stderr } = spawnSync('python3', ['-B', '-c', script], {
      input: JSON.stringify(characters),
      encoding: 'utf8',
    });
    expect(stderr).toBe('');
    expect(characters.map(code => oneLine(String.fromCodePoint(code)))).toEqual(JSON.parse(stdout));
    expect(oneLine('Übersicht é 一.csv')).toBe('Übersicht é 一.csv');
    expect(oneLine('\ud800')).toBe('\\ud800');
  });
});
