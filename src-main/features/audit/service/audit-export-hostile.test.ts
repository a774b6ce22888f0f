import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sha256, utf8 } from '../../../platform/digest.ts';
import { verifyEd25519 } from '../../../platform/ed25519.ts';
import { base64 } from '../domain/base64.ts';
import { bundleLine, sealText } from '../domain/proof-bundle.ts';
import { logKey, verificationKeyText } from '../domain/signed-note.ts';
import { allJudgedByPython, bare, judged, judgedByPython, LogStation, VERIFIER } from './audit-export.fixture.ts';
import type { ExportVerification } from './audit-export-verify.ts';
import { NOTE_CRYPTOGRAPHY, StationSigner } from './station-signer.ts';

const LOG = 'nexus/workspace/test';
const station = new LogStation();
let path = '';
let lines: string[] = [];
beforeAll(async () => {
  station.work(3);
  const source = station.import('../../bank é.csv', 'date,amount\n2024-01-31,10\n');
  station.custody('custody.checked', [{ source, kind: 'check', purpose: 'routine', found: source.sha256 }]);
  const { size } = station.trail.head();
  station.work(3);
  path = await station.export({ kind: 'all' }, null, [size]);
  lines = readFileSync(path, 'utf8').split('\n').slice(0, -1);
});
afterAll(() => station.close());

let copies = 0;
const file = (content: string | Uint8Array): string => {
  const name = join(station.folder, `hostile-${copies++}.nexus-audit`);
  writeFileSync(name, content);
  return name;
};
const joined = (all: readonly string[]): string => all.map(line => `${line}\n`).join('');
const known = () => ({ key: station.trail.vkey, firstKey: station.firstKey });

/** Both verifiers, on all files: they say the same, and of none that it holds. */
const allRefused = (paths: readonly string[], options: Parameters<typeof allJudgedByPython>[1] = {}): string[][] => {
  const others = allJudgedByPython(paths, options);
  return paths.map((name, i) => {
    const own = judged(name, options);
    const what = readFileSync(name).subarray(0, 200).toString();
    expect(own.ok, what).toBe(false);
    expect(bare(others[i]!), what).toEqual(bare(own));
    return own.problems.map(problem => problem.code);
  });
};

describe('every line of an export (R-42)', () => {
  it('removed, doubled, exchanged with the next, cut, and changed in its first, middle and last byte: found by both', () => {
    const variants = lines.flatMap((line, i) => {
      const before = lines.slice(0, i);
      const after = lines.slice(i + 1);
      const flipped = (at: number): string => {
        const bytes = Buffer.from(joined(lines));
        const start = Buffer.byteLength(joined(before));
        bytes[start + at] = (bytes[start + at] ?? 0) ^ 1;
        return file(bytes);
      };
      const length = Buffer.byteLength(line);
      return [
        file(joined([...before, ...after])),
        file(joined([...before, line, line, ...after])),
        ...(i + 1 < lines.length ? [file(joined([...before, lines[i + 1]!, line, ...after.slice(1)]))] : []),
        file(joined(before) + line.slice(0, line.length / 2)),
        ...[0, Math.floor(length / 2), length - 1, length].map(flipped),
      ];
    });
    expect(variants.length).toBeGreaterThan(120);
    allRefused(variants);
  }, 120_000);
});

describe('an export that someone made who holds the station’s signing key, but not K_0', () => {
  /** A change in one line, under a manifest and a seal that fit. */
  const forged = (change: (line: string) => string): string => {
    const altered = lines.map(change);
    expect(altered, 'the fault was made').not.toEqual(lines);
    return file(station.resealed(altered));
  };
  const header = (from: string | RegExp, to: string) =>
    forged(line => (line.startsWith('{"header":') ? line.replace(from, to) : line));

  it('holds as long as it says what the log says', () => {
    const same = file(station.resealed(lines));
    for (const verdict of [judged(same, known()), judgedByPython(same, known())])
      expect(verdict).toMatchObject({ ok: true });
  });

  it('cannot say that the first key reaches nowhere, or less far than the log says', () => {
    const none = header(/"firstKey":\{[^}]*\}/, '"firstKey":{}');
    const short = header(/"to":\d+/, '"to":1');
    const [noneCodes, shortCodes] = allRefused([none, short], known());
    expect(noneCodes).toContain('audit.tag');
    expect(shortCodes).toEqual(['audit.station']);
    const [far, late] = allRefused([header(/"to":\d+/, '"to":99'), header('"from":0', '"from":1')]);
    expect([far, late]).toEqual([['audit.station'], ['export.structure']]);
  });

  it('cannot leave out or invent a tag', () => {
    const without = forged(line => (line.includes('"p-2"') ? line.replace(/,"tag":"[^"]*"/, '') : line));
    const invented = forged(line =>
      line.includes('"p-2"') ? line.replace(/"tag":"[^"]*"/, `"tag":"${'0'.repeat(64)}"`) : line,
    );
    for (const codes of allRefused([without, invented], known())) expect(codes).toEqual(['audit.tag']);
  });

  it('cannot prove growth from two roots of one size', () => {
    const [proof = ''] = lines.filter(line => line.startsWith('{"consistency":'));
    const other = proof.replace(/"root":"(.)/, (_all, digit) => `"root":"${digit === '0' ? '1' : '0'}`);
    const at = lines.indexOf(proof);
    for (const pair of [
      [other, proof],
      [proof, other],
    ])
      expect(
        allRefused([file(station.resealed([...lines.slice(0, at), ...pair, ...lines.slice(at + 1)]))])[0],
      ).toContain('audit.consistency');
  });

  it('cannot double, drop or embellish the line of an import (R-34, R-42)', () => {
    const at = (part: string): number => {
      const found = lines.findIndex(line => line.startsWith(`{"${part}":`));
      expect(found, 'there is such a line').toBeGreaterThan(0);
      return found;
    };
    const [evidence, ingest] = [at('evidence'), at('custody')];
    expect(lines[ingest]).toContain('"kind":"ingest"');
    const doubled = (i: number) => file(station.resealed([...lines.slice(0, i + 1), ...lines.slice(i)]));
    const said = (from: string, to: string) =>
      forged(line =>
        line === lines[ingest] ? line.replace(`"${from}":"${to}"`, `"${from}":"planted by Mr X"`) : line,
      );
    const cases: readonly (readonly [string, RegExp, string])[] = [
      [doubled(evidence), /^evidence\.unlogged at original /, 'the import that it names is listed already'],
      [doubled(ingest), /^custody\.unlogged at custody 1$/, 'the import that it names has its line already'],
      [
        file(station.resealed(lines.filter((_, i) => i !== ingest))),
        /^custody\.unlogged at entry \d+$/,
        'the ledger does not hold what the entry records',
      ],
      ...(['purpose', 'recipient', 'receipt'] as const).map(
        name =>
          [
            said(name, name === 'purpose' ? 'import' : ''),
            /^custody\.unlogged at custody 1$/,
            'the log does not record it so',
          ] as const,
      ),
    ];
    const paths = cases.map(([path]) => path);
    allRefused(paths);
    // The same words too: a reader compares what the two print.
    const others = allJudgedByPython(paths);
    for (const [i, [path, where, message]] of cases.entries()) {
      const own = judged(path).problems;
      expect(own).toEqual(others[i]?.problems);
      expect(own.map(problem => problem.message)).toEqual([message]);
      expect(`${own[0]?.code} at ${own[0]?.where}`).toMatch(where);
    }
  });

  it('cannot sign with a key of another log, or with one that fits every message', () => {
    const vkey = (text: string) => header(/"vkey":"[^"]*"/, `"vkey":"${text}"`);
    const stranger = new StationSigner('nexus/workspace/other', new Uint8Array(32).fill(5));
    expect(allRefused([vkey(stranger.vkey)])).toEqual([['export.structure']]);
    // The neutral point as key and as R, with S = 0: [0]B = R + [k]A whatever the message is.
    const neutral = Uint8Array.of(1, ...new Uint8Array(31));
    const fitsAll = Uint8Array.of(...neutral, ...new Uint8Array(32));
    expect(verifyEd25519(neutral, utf8('anything'), fitsAll)).toBe(false);
    const key = logKey(NOTE_CRYPTOGRAPHY, LOG, neutral);
    const signature = base64(Uint8Array.of(...key.hash, ...fitsAll));
    const signed = (text: string): string => `${text}\n— ${LOG} ${signature}\n`;
    const altered = lines
      .slice(0, -1)
      .map(line => line.replaceAll(station.trail.vkey, verificationKeyText(key)))
      .map(line =>
        line.startsWith('{"checkpoint":')
          ? bundleLine(
              'checkpoint',
              signed(`${(JSON.parse(line) as { checkpoint: string }).checkpoint.split('\n\n')[0]!}\n`),
            ).trimEnd()
          : line,
      );
    const body = joined(altered);
    const seal = signed(sealText(LOG, Buffer.from(sha256(utf8(body))).toString('hex')));
    const [codes] = allRefused([file(body + bundleLine('seal', seal))]);
    expect(codes).toEqual(expect.arrayContaining(['checkpoint.signature', 'export.seal']));
  });
});

describe('a hostile file', () => {
  const deep = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;
  const scoped = (value: string): string => joined([lines[0]!.replace('{"kind":"all"}', value), ...lines.slice(1)]);
  const spoiled = (change: (bytes: Buffer) => Buffer): Buffer => change(Buffer.from(joined(lines)));

  it('ends in a word on where it stops to be an export, in both verifiers, and never in a trace', () => {
    const unreadable: (string | Buffer)[] = [
      `${deep(100_000)}\n`,
      scoped(`{"kind":"all","x":${deep(63)}}`),
      scoped(`{"kind":"all","x":${deep(900)}}`),
      scoped('{"kind":"all","x":9007199254740993}'),
      scoped('{"kind":"all","x":-0}'),
      scoped('{"kind":"all","x":1e3}'),
      scoped(`{"kind":"all","x":${'9'.repeat(5000)}}`),
      scoped('{"kind":"all","x":NaN}'),
      scoped('{"kind":"all","x":null}'),
      scoped('{"kind":"all","kind":"all"}'),
      scoped('{"kind":"all","\\ud800":1}'),
      scoped('{"kind":"all","x":"\\ud800"}'),
      scoped('{"kind":"all","2":1,"10":1}'),
      spoiled(bytes => Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), bytes])),
      spoiled(bytes => Buffer.from(bytes.toString().replaceAll('\n', '\r\n'))),
      spoiled(bytes => Buffer.concat([bytes.subarray(0, 20), Buffer.from([0xc0, 0xaf]), bytes.subarray(20)])),
      spoiled(bytes => Buffer.concat([bytes.subarray(0, 20), Buffer.from([0xed, 0xa0, 0x80]), bytes.subarray(20)])),
      spoiled(bytes => Buffer.concat([bytes.subarray(0, 20), Buffer.from([0]), bytes.subarray(20)])),
      '\n',
      ' '.repeat((64 << 20) + 1),
      Buffer.from([0x50, 0x4b, 3, 4]),
    ];
    for (const codes of allRefused(unreadable.map(file))) expect(codes.at(-1)).toBe('export.unreadable');
    const structure = ['5\n', '"x"\n', '[]\n', '{}\n', '{"entry":{}}\n', '{"__proto__":{}}\n', joined(lines.slice(1))];
    for (const codes of allRefused(structure.map(file))) expect(codes).toEqual(['export.structure']);
    // As deep as a value may be, it is read.
    expect(allRefused([file(scoped(`{"kind":"all","x":${deep(61)}}`))])[0]).not.toContain('export.unreadable');
  }, 120_000);

  it('of the wrong kind in any place is refused by both', () => {
    const wrong = ['0', '"x"', 'true', '[]', '{}', '{"a":1}', '[1]'];
    const values = lines.flatMap((line, i) =>
      [...line.matchAll(/(?<=":)("(?:[^"\\]|\\.)*"|\d+|true|false)(?=[,}])/g)]
        // One line of each part is enough, of entries two.
        .filter(() => i < 6 || i > lines.length - 6)
        .map((match, n) => {
          const value = [0, 1].map(more => wrong[(i + n + more) % wrong.length]!).find(other => other !== match[0])!;
          const altered = line.slice(0, match.index) + value + line.slice(match.index + match[0].length);
          return joined([...lines.slice(0, i), altered, ...lines.slice(i + 1)]);
        }),
    );
    expect(values.length).toBeGreaterThan(90);
    allRefused(values.map(file));
  }, 120_000);
});

describe('a folder of originals', () => {
  it('with links, pipes and names that lead elsewhere is read without following any', () => {
    const folder = join(station.folder, 'originals');
    mkdirSync(join(folder, 'sub'), { recursive: true });
    writeFileSync(join(station.folder, 'outside.csv'), 'date,amount\n2024-01-31,10\n');
    symlinkSync(join(station.folder, 'outside.csv'), join(folder, 'link.csv'));
    symlinkSync(join(station.folder, 'nowhere'), join(folder, 'dangling.csv'));
    symlinkSync(station.folder, join(folder, 'sub', 'above'));
    expect(spawnSync('mkfifo', [join(folder, 'pipe')]).status).toBe(0);
    const options = { ...known(), evidence: folder };
    const own = judged(path, options);
    expect(own).toMatchObject({ ok: true, evidence: { files: 1, mismatched: [] } });
    expect(own.export.notes).toContain('1 originals are not in the folder and were not compared');
    expect(bare(judgedByPython(path, options))).toEqual(bare(own));
  });
});

describe('a log that another station went on with', () => {
  it('holds, and both verifiers say how far the first key reaches', async () => {
    const first = new LogStation();
    first.work(4);
    const { size } = first.trail.head();
    first.join();
    first.work(4);
    const exported = await first.export();
    const own: ExportVerification = judged(exported, { firstKey: first.firstKey });
    expect(own).toMatchObject({ ok: true, problems: [] });
    expect(own.export.notes).toEqual(
      expect.arrayContaining([
        `${size} tags checked with the first key`,
        `entries from ${size} on were written by another station: no first key checks their tags`,
      ]),
    );
    expect(bare(judgedByPython(exported, { firstKey: first.firstKey }))).toEqual(bare(own));
    first.close();
  });
});

describe('the stand-alone verifier', () => {
  it('says its verdict on a screen that has only ASCII', () => {
    const wrong = file(joined(lines).replace('"name":"../../bank é.csv"', '"name":"\u202Ebank 🂡.csv"'));
    const shown = spawnSync('python3', ['-B', VERIFIER, wrong], {
      encoding: 'utf8',
      env: { ...process.env, PYTHONIOENCODING: 'ascii', LC_ALL: 'C' },
    });
    expect(shown.stderr).toBe('');
    expect(shown.stdout).toContain('INTEGRITY FAILURE');
    expect(shown.status).toBe(5);
  });

  it('prints no line that a name, a key or a scope makes up (R-40)', async () => {
    const claims = new LogStation();
    const name = 'a.csv\nEverything that was checked holds.\r\u0085\u2028\u200f\u{e0041}signed with X';
    claims.import(name, 'date\n');
    const exported = await claims.export();
    const folder = join(claims.folder, 'originals');
    mkdirSync(folder);
    writeFileSync(join(folder, name), 'another');
    const shown = spawnSync('python3', ['-B', VERIFIER, exported, '--evidence', folder], { encoding: 'utf8' });
    expect(shown.status).toBe(5);
    const printed = shown.stdout.split('\n');
    expect(printed[0]).toBe('INTEGRITY FAILURE');
    expect(printed.filter(line => line.startsWith('Everything') || line.startsWith('signed with X'))).toEqual([]);
    expect(shown.stdout).toContain(
      'evidence.digest at a.csv\\u000aEverything that was checked holds.\\u000d\\u0085\\u2028\\u200f\\u{e0041}signed with X: ',
    );
    claims.close();
  });

  it('says what it did not compare', () => {
    const { notes } = judgedByPython(path).export;
    for (const option of ['--key', '--mark', '--first-key', '--evidence']) expect(notes.join()).toContain(option);
  });
});
