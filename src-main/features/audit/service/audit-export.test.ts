import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sharedPath } from '../../../engine/engine.fixture.ts';
import { allJudgedByPython, bare, CASE, judged, judgedByPython, LogStation, VERIFIER } from './audit-export.fixture.ts';
import type { ExportVerification } from './audit-export-verify.ts';

const station = new LogStation();
let whole = '';
let part = '';
let early: { readonly size: number; readonly root: string };
beforeAll(async () => {
  station.work(5);
  const bank = station.import('bank é.csv', 'date,amount\n2024-01-31,10\n');
  early = station.trail.head();
  station.import('ledger.csv', 'date,amount\n2024-01-31,-10\n');
  station.custody('custody.original-opened', [{ source: bank, kind: 'access', purpose: 'review', found: bank.sha256 }]);
  station.custody(
    'custody.checked',
    station.sources.map(source => ({ source, kind: 'check' as const, purpose: 'routine', found: source.sha256 })),
  );
  station.work(20);
  whole = await station.export({ kind: 'all' }, null, [early.size]);
  part = await station.export({ kind: 'case', case: CASE }, { caseId: CASE }, [early.size]);
});
afterAll(() => station.close());

/** Both verifiers must say the same, apart from the words of a message. */
const agreed = (path: string, options: Parameters<typeof judged>[1] = {}): ExportVerification => {
  const own = judged(path, options);
  const other = judgedByPython(path, options);
  expect(bare(other)).toEqual(bare(own));
  return own;
};
const codes = ({ problems }: ExportVerification): string[] => problems.map(problem => problem.code);

let copies = 0;
/** A tampered copy. */
const changed = (path: string, change: (text: string) => string): string => {
  const text = readFileSync(path, 'utf8');
  const altered = change(text);
  expect(altered, 'the fault was made').not.toBe(text);
  const copy = join(station.folder, `tampered-${copies++}.nexus-audit`);
  writeFileSync(copy, altered);
  return copy;
};
const lines = (text: string): string[] => text.split('\n').slice(0, -1);
const joined = (all: readonly string[]): string => all.map(line => `${line}\n`).join('');

describe('an export', () => {
  it('of the whole log holds, in both verifiers', () => {
    const verdict = agreed(whole, { key: station.trail.vkey, firstKey: station.firstKey, mark: early });
    expect(verdict).toMatchObject({ ok: true, checkpoints: 1, entries: 31, export: { entries: 31 }, problems: [] });
    expect(verdict.evidence).toEqual({ files: 2, mismatched: [] });
    expect(verdict.export.notes.join()).toContain('31 tags checked');
  });

  it('of one case holds each entry with its proof, in both verifiers', () => {
    const verdict = agreed(part, { key: station.trail.vkey, firstKey: station.firstKey, mark: early });
    expect(verdict).toMatchObject({ ok: true, entries: 31, export: { entries: 5 } });
    expect(readFileSync(part, 'utf8').match(/c2sp\.org\/tlog-proof@v1/g)).toHaveLength(5);
  });

  it('is compared with originals in a folder', () => {
    const folder = join(station.folder, 'originals');
    mkdirSync(folder);
    writeFileSync(join(folder, 'renamed.csv'), 'date,amount\n2024-01-31,10\n');
    writeFileSync(join(folder, 'ledger.csv'), 'date,amount\n2024-01-31,-11\n');
    const verdict = agreed(whole, { evidence: folder });
    expect(verdict.evidence.mismatched).toEqual(['ledger.csv']);
    expect(codes(verdict)).toEqual(['evidence.digest']);
  });

  it('that is not the one expected is told apart', () => {
    const other = new LogStation();
    expect(codes(agreed(whole, { key: other.trail.vkey }))).toEqual(['export.key']);
    expect(codes(agreed(whole, { firstKey: other.firstKey }))).toEqual(['audit.tag']);
    expect(codes(agreed(whole, { mark: { size: 99, root: early.root } }))).toEqual(['store.older-than-anchor']);
    expect(codes(agreed(whole, { mark: { size: early.size - 1, root: early.root } }))).toEqual(['store.forked']);
    expect(codes(agreed(part, { mark: { size: early.size, root: '0'.repeat(64) } }))).toEqual(['store.forked']);
    expect(codes(agreed(part, { mark: { size: early.size - 1, root: early.root } }))).toEqual(['export.mark-unproved']);
    other.close();
  });
});

describe('a tampered export', () => {
  /** Every part, changed by someone who knows the format but has no key. */
  const faults: [string, string, (text: string) => string][] = [
    ['an entry’s words', 'audit.root', text => text.replace('p-3', 'p-4')],
    ['an entry taken out', 'audit.gap', text => joined(lines(text).filter(line => !line.includes('p-3')))],
    [
      'two entries exchanged',
      'audit.gap',
      text => {
        const all = lines(text);
        const at = all.findIndex(line => line.includes('p-3'));
        [all[at], all[at + 1]] = [all[at + 1]!, all[at]!];
        return joined(all);
      },
    ],
    ['an entry written twice', 'audit.gap', text => text.replace(/^(.*p-3.*)$/m, '$1\n$1')],
    ['a tag', 'export.part', text => text.replace(/"tag":"(.)/, (_all, c) => `"tag":"${c === '0' ? '1' : '0'}`)],
    ['the stated size', 'checkpoint.differs', text => text.replace('"size":31', '"size":30')],
    [
      'the stated root',
      'checkpoint.differs',
      text => text.replace(/"root":"(.)/, (_a, c) => `"root":"${c === '0' ? '1' : '0'}`),
    ],
    ['the stated number of entries', 'export.count', text => text.replace('"entries":31', '"entries":30')],
    [
      'the checkpoint’s signature',
      'checkpoint.signature',
      text => text.replace(/(\\n— \S+ .{20})(.)/, (_a, b, c) => `${b}${c === 'A' ? 'B' : 'A'}`),
    ],
    [
      'a consistency proof',
      'audit.consistency',
      text => text.replace(/"hashes":\["(.)/, (_a, c) => `"hashes":["${c === 'A' ? 'B' : 'A'}`),
    ],
    [
      'an original’s digest',
      'evidence.unlogged',
      text => text.replace(/(\{"evidence":.*"sha256":")(.)/, (_a, b, c) => `${b}${c === '0' ? '1' : '0'}`),
    ],
    ['an original’s size', 'evidence.unlogged', text => text.replace(/(\{"evidence":\{"bytes":)\d+/, '$199')],
    [
      'an original left out',
      'evidence.removed',
      text => joined(lines(text).filter(line => !line.startsWith('{"evidence":') || !line.includes('ledger.csv'))),
    ],
    ['a purpose in the ledger', 'custody.unlogged', text => text.replace('"purpose":"review"', '"purpose":"reviem"')],
    [
      'a line of the ledger left out',
      'custody.unlogged',
      text =>
        joined(lines(text).filter(line => !line.includes('"purpose":"review"') || !line.startsWith('{"custody"'))),
    ],
    ['the ledger’s verdict', 'custody.differs', text => text.replace('"agrees":true', '"agrees":false')],
    ['the certificate', 'export.part', text => text.replace('DRAFT', 'FINAL')],
    [
      'the manifest',
      'export.part',
      text => text.replace(/("name":"certificate","sha256":")(.)/, (_a, b, c) => `${b}${c === '0' ? '1' : '0'}`),
    ],
    [
      'the seal',
      'export.seal',
      text => text.replace(/(\{"seal":.*sha256 )(.)/, (_a, b, c) => `${b}${c === '0' ? '1' : '0'}`),
    ],
    ['the product’s name', 'export.part', text => text.replace('NEXUS test', 'NEXUS best')],
    ['the last line cut off', 'export.structure', text => joined(lines(text).slice(0, -1))],
    ['the last byte cut off', 'export.unreadable', text => text.slice(0, -1)],
    ['a line after the seal', 'export.structure', text => `${text}{"certificate":"x"}\n`],
    ['white space', 'export.unreadable', text => text.replace('":{', '": {')],
    ['a number written otherwise', 'export.unreadable', text => text.replace('"v":1}', '"v":1.0}')],
    ['a second member of one name', 'export.unreadable', text => text.replace('"v":1}', '"v":1,"v":1}')],
    ['a null', 'export.unreadable', text => text.replace('"bytes":', '"aaa":null,"bytes":')],
    ['a field that nobody knows', 'export.structure', text => text.replace('{"evidence":{', '{"evidence":{"aaa":1,')],
    ['a part that nobody knows', 'export.structure', text => text.replace('{"certificate":', '{"zertificate":')],
    ['nothing but an empty file', 'export.structure', () => ''],
  ];
  it.each(faults)('%s: %s, in both verifiers', (_name, code, change) => {
    const verdict = agreed(changed(whole, change), {
      key: station.trail.vkey,
      firstKey: station.firstKey,
      mark: early,
    });
    expect(verdict.ok).toBe(false);
    expect(codes(verdict)).toContain(code);
  });

  it('a proof of one entry, or an entry under another’s proof: audit.inclusion, in both verifiers', () => {
    const wrong = changed(part, text => text.replace(/index (\d+)/, (_all, n) => `index ${Number(n) + 1}`));
    expect(codes(agreed(wrong))).toContain('audit.inclusion');
    const words = changed(part, text => text.replace('"purpose":"', '"purpose":"no '));
    expect(agreed(words).ok).toBe(false);
  });

  it('rewritten and sealed again with another key is told apart by the key, and by the mark', async () => {
    const forger = new LogStation();
    forger.work(29);
    const forged = await forger.export();
    expect(agreed(forged).ok).toBe(true);
    expect(codes(agreed(forged, { key: station.trail.vkey, mark: early }))).toEqual(['export.key', 'store.forked']);
    forger.close();
  });

  it('300 random byte flips are all found, and both verifiers say the same', () => {
    // A linear congruential generator (Numerical Recipes): the same flips each time.
    let state = 20260102;
    const random = (below: number): number => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return state % below;
    };
    const original = readFileSync(whole);
    const folder = join(station.folder, 'flips');
    mkdirSync(folder);
    const paths = Array.from({ length: 300 }, (_, i) => {
      const bytes = Buffer.from(original);
      const at = random(bytes.length);
      bytes[at] = (bytes[at] ?? 0) ^ (1 << random(8));
      const path = join(folder, `${String(i).padStart(3, '0')}.nexus-audit`);
      writeFileSync(path, bytes);
      return path;
    });
    const others = allJudgedByPython(paths);
    expect(others).toHaveLength(300);
    for (const [i, path] of paths.entries()) {
      const own = judged(path);
      expect(own.ok, path).toBe(false);
      expect(bare(others[i]!), path).toEqual(bare(own));
    }
  }, 120_000);
});

describe('the stand-alone verifier', () => {
  it('passes RFC 8032, 98 inclusion and 98 consistency probes, and the vectors of NEXUS-AL/1', () => {
    const spawned = spawnSync(
      'python3',
      [
        '-B',
        VERIFIER,
        '--self-test',
        sharedPath('data/audit/rfc6962'),
        sharedPath('data/audit/nexus-al1-vectors.json'),
      ],
      { encoding: 'utf8' },
    );
    expect(spawned.stdout).toContain('RFC 8032: 4 vectors hold');
    expect(spawned.stdout).toContain('98 inclusion and 98 consistency probes hold');
    expect(spawned.stdout).toContain('3 entries of the vectors hold');
    expect(spawned.status).toBe(0);
  });

  it('ends with 0, 5 or 2', () => {
    const ended = (...given: string[]) => spawnSync('python3', ['-B', VERIFIER, ...given], { encoding: 'utf8' });
    expect(ended(whole)).toMatchObject({ status: 0 });
    expect(ended(changed(whole, text => text.replace('p-3', 'p-4')))).toMatchObject({ status: 5 });
    expect(ended(join(station.folder, 'nowhere'))).toMatchObject({ status: 2 });
    expect(ended(whole, '--mark', 'often')).toMatchObject({ status: 2 });
    expect(ended(whole, '--key', 'a+b+c')).toMatchObject({ status: 2 });
    expect(ended()).toMatchObject({ status: 2 });
  });
});
