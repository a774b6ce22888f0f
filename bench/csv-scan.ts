/**
 * Micro-benchmark of the CSV reader: seconds and peak memory to read a file into typed columns on one thread, slices
 * copied as for the writing thread.  node bench/csv-scan.ts FILE.csv [runs]
 */
import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { createCsvParser } from '../src-main/features/ingestion/domain/csv-parser.ts';
import { TransactionColumnBuilder } from '../src-main/features/ingestion/domain/transaction-column-builder.ts';
import { codecFor } from '../src-main/platform/text-codec.ts';

const [file, runs = '3'] = process.argv.slice(2);
if (file === undefined) throw new Error('usage: node bench/csv-scan.ts FILE.csv [runs]');

for (let run = 0; run < Number(runs); run++) {
  const started = performance.now();
  const cpu = process.cpuUsage();
  let sliceBytes = 0;
  const builder = new TransactionColumnBuilder({
    capacityHint: Math.ceil(statSync(file).size / 100),
    onSlice: slice => {
      sliceBytes += slice.text.length;
    },
  });
  const parser = createCsvParser(builder, codecFor, {});
  const handle = openSync(file, 'r');
  const chunk = new Uint8Array(1 << 22);
  for (let read = readSync(handle, chunk); read > 0; read = readSync(handle, chunk))
    parser.write(chunk.subarray(0, read));
  closeSync(handle);
  await parser.end();
  builder.finish();
  const seconds = (performance.now() - started) / 1000;
  const used = process.cpuUsage(cpu);
  const totals = builder.statements();
  console.log(
    JSON.stringify({
      seconds: Number(seconds.toFixed(3)),
      cpuSeconds: Number(((used.user + used.system) / 1e6).toFixed(3)),
      rows: builder.count,
      rejected: builder.rejected.length,
      sumUnits: String(totals.reduce((sum, t) => sum + t.credits - t.debits, 0n)),
      statements: totals.length,
      parties: builder.values('counterparty').length,
      textBytes: sliceBytes,
      warnings: builder.warnings.length,
      peakMiB: Math.round(process.resourceUsage().maxRSS / 1024),
    }),
  );
  if (run === 0) console.log(JSON.stringify(parser.dialect()));
}
