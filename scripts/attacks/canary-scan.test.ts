import { createReadStream, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWorkload, stationFolder } from './attacked-station.ts';
import { CANARIES, canariesIn, canaryStatement } from './canaries.ts';
import { needsStrace } from './needs.ts';

// thirty words are seeded; import, examination, search and sort, report, export, a change of password, then kill -9.
// No file of the station, no temporary file, no output and no write call that strace saw holds any of them, in any form.
const station = stationFolder();
const seeded = join(station.path, 'seeded.csv');
const traceFile = join(station.path, 'trace');
let output = '';

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name));

/** What was written with one call: `write(5</path>, "\x51…", 9) = 9`, the path in hexadecimal too (strace -xx). */
const WRITE_LINE = /^\d+\s+p?writev?(?:64)?\(\d+<([^>]*)>, (.*)\) += /;
const pathOf = (text: string): string =>
  text.replaceAll(/\\x([0-9a-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
const bytesOf = (argument: string): Buffer =>
  Buffer.from(
    [...argument.matchAll(/"((?:\\x[0-9a-f]{2})*)"/g)].map(([, hex = '']) => hex.replaceAll('\\x', '')).join(''),
    'hex',
  );
/** Each file that was written to, with the canaries that went there. Evidence the test itself plants is left out by its name. */
const writtenTo = async (trace: string): Promise<Map<string, Set<string>>> => {
  const files = new Map<string, Set<string>>();
  for await (const line of createInterface({ input: createReadStream(trace, 'latin1') })) {
    const [, written = '', argument] = WRITE_LINE.exec(line) ?? [];
    const path = pathOf(written);
    // Pipes, sockets and event counters are memory, not files.
    if (argument === undefined || !path.startsWith('/')) continue;
    const found = files.get(path) ?? new Set<string>();
    for (const word of canariesIn(bytesOf(argument))) found.add(word);
    files.set(path, found);
  }
  return files;
};

beforeAll(async () => {
  needsStrace();
  writeFileSync(seeded, canaryStatement(300));
  const workload = startWorkload(station.path, {
    rounds: 1,
    canaries: seeded,
    strace: ['-f', '-y', '-xx', '-s', '1048576', '-o', traceFile, '-e', 'trace=write,pwrite64,writev,pwritev'],
  });
  await workload.until(line => ('begin' in line && line.begin === 'idle') || 'refused' in line);
  workload.kill();
  const { signal, err } = await workload.ended;
  output = `${JSON.stringify(workload.lines)}${err}`;
  expect([signal, workload.lines.at(-1)]).toEqual(['SIGKILL', { begin: 'idle' }]);
}, 180_000);
afterAll(() => station.remove());

describe('thirty canaries after work and a crash', () => {
  it('the control: every form is found where it stands, and the trace shows what was written in the clear', async () => {
    expect(canariesIn(readFileSync(seeded))).toHaveLength(CANARIES.length);
    for (const word of CANARIES)
      for (const planted of [
        Buffer.from(`x${word}y`, 'utf16le'),
        Buffer.from(Buffer.from(`..${word}..`).toString('base64')),
        Buffer.from(Buffer.from(`.${word}`).toString('base64')),
        Buffer.from(Buffer.from(word).toString('base64')),
      ])
        expect(canariesIn(planted), word).toEqual([word]);
    // The workload's own copy of the statement, the file that a user would drop: plain by intent, seen by the trace.
    const copies = [...(await writtenTo(traceFile))].filter(([path]) => path.endsWith('statement-0.csv'));
    expect(copies.map(([, words]) => words.size)).toEqual([CANARIES.length]);
  });

  it('none in any write call, to whatever file', async () => {
    const files = await writtenTo(traceFile);
    const paths = [...files.keys()];
    expect(paths).toEqual(expect.arrayContaining([expect.stringMatching(/store\.db-wal$/)]));
    expect(paths).toEqual(expect.arrayContaining([expect.stringMatching(/\.sealed$/)]));
    const plain = [...files].filter(([path, words]) => words.size > 0 && !path.endsWith('statement-0.csv'));
    expect(plain.map(([path, words]) => `${path}: ${[...words].join(', ')}`)).toEqual([]);
  });

  it('none in any file of the station: home, temporary folder, what lies beside', () => {
    const files = filesBelow(station.path).filter(
      path => ![seeded, traceFile].includes(path) && !path.endsWith('statement-0.csv'),
    );
    expect(files.some(path => path.endsWith('store.db-wal'))).toBe(true);
    expect(files.filter(path => canariesIn(readFileSync(path)).length > 0)).toEqual([]);
  });

  it('none in what it printed, nor in a file that appeared in the system’s temporary folder', () => {
    expect(canariesIn(Buffer.from(output))).toEqual([]);
    const left = readdirSync(tmpdir()).filter(name => /^(etilqs_|core\.)/.test(name));
    expect(left).toEqual([]);
  });
});
