import { readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { NexusError } from '../../../contract/errors.ts';
import { codecFor } from '../../../platform/text-codec.ts';
import { sniffFormat } from '../domain/sniff-format.ts';
import { FileRefused } from '../domain/statement-sink.ts';
import { TransactionColumnBuilder } from '../domain/transaction-column-builder.ts';
import { createParser } from '../service/parsers.ts';
import { mutate, seededRandom } from './mutate.ts';
import { countRecords } from './record-counts.ts';

/** Larger samples are cut: a fault shows in the first pages as well. */
const SAMPLE_BYTES = 64 << 10;
const CHUNK_BYTES = 4 << 10;
/** Folders whose files are other people's answers, not input. */
const NOT_INPUT = new Set(['audit']);

interface Sample {
  readonly name: string;
  readonly bytes: Uint8Array;
}

const samplesOf = (folder: string): Sample[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => !NOT_INPUT.has(name.split('/')[0] ?? '') && !/\.(?:json|sealed|md|zip)$/.test(name))
    .filter(name => statSync(join(folder, name)).isFile())
    .sort()
    .map(name => {
      const bytes = readFileSync(join(folder, name));
      return { name, bytes: (extname(name) === '.gz' ? gunzipSync(bytes) : bytes).subarray(0, SAMPLE_BYTES) };
    })
    .filter(({ bytes }) => bytes.length > 0);

/** What became of one input: `refused`, `read`, or a fault in words. */
const tryInput = async (
  bytes: Uint8Array,
): Promise<{ readonly outcome: 'refused' | 'read'; readonly fault: string | null }> => {
  const sink = new TransactionColumnBuilder();
  try {
    const sniffed = sniffFormat(bytes, codecFor);
    if (sniffed.refusal !== undefined) return { outcome: 'refused', fault: null };
    const format = sniffed.format ?? 'csv';
    const parser = createParser(format, { sink, codecFor, overrides: {}, transcript: () => undefined });
    for (let at = 0; at < bytes.length; at += CHUNK_BYTES) parser.write(bytes.subarray(at, at + CHUNK_BYTES));
    await parser.end();
    sink.finish();
    const records = countRecords(format, bytes);
    const kept = sink.count + sink.rejected.length;
    const lost = records !== null && kept < records && sink.warnings.length === 0;
    return { outcome: 'read', fault: lost ? `${format}: ${records} records, ${kept} kept, nothing said` : null };
  } catch (error) {
    if (error instanceof FileRefused || (error instanceof NexusError && error.data.category === 'input'))
      return { outcome: 'refused', fault: null };
    return { outcome: 'refused', fault: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
};

/**
 * Feeds seeded mutations of every sample to the parsers, in turn, and writes a line of JSON for each hundred and each fault.
 * Whoever started it ends it when no line comes: the input under way is named before it is tried.
 */
const run = async (folder: string, inputs: number, seconds: number, seed: number): Promise<void> => {
  const samples = samplesOf(folder);
  const ends = Date.now() + seconds * 1_000;
  const tell = (line: object): void => void process.stdout.write(`${JSON.stringify(line)}\n`);
  const counts = { inputs: 0, read: 0, refused: 0, faults: 0 };
  for (let i = 0; i < inputs && Date.now() < ends; i++) {
    const sample = samples[i % samples.length]!;
    const bytes = mutate(sample.bytes, seededRandom(seed + i));
    if (i % 100 === 0) tell({ at: i });
    const started = performance.now();
    const { outcome, fault } = await tryInput(bytes);
    counts.inputs += 1;
    counts[outcome] += 1;
    const elapsedMs = performance.now() - started;
    if (fault !== null || elapsedMs > 5_000) {
      counts.faults += 1;
      tell({ fault: fault ?? `took ${Math.round(elapsedMs)} ms`, sample: sample.name, seed: seed + i });
    }
  }
  tell({ done: counts, samples: samples.length });
};

const [folder = '', inputs = '20000', seconds = '240', seed = '1'] = process.argv.slice(2);
await run(folder, Number(inputs), Number(seconds), Number(seed));
