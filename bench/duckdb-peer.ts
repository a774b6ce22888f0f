/**
 * The yardstick: the same aggregates as one raw DuckDB script over the same file, into an unencrypted store.
 * Run as a process of its own: `node bench/duckdb-peer.ts FILE STORE`; prints one JSON line.
 */
import { createHash } from 'node:crypto';
import { createReadStream, statSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';

const [file, store] = process.argv.slice(2) as [string, string];
const stages: Record<string, number> = {};
let mark = performance.now();
const stage = (name: string): void => {
  stages[name] = performance.now() - mark;
  mark = performance.now();
};
const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

const hash = createHash('sha256');
for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) hash.update(chunk as Buffer);
hash.digest();
stage('hash');
const connection = await (await DuckDBInstance.create(store)).connect();
const run = async (sql: string): Promise<void> => {
  await connection.runAndReadAll(sql);
};
const one = async (sql: string): Promise<number> =>
  Number((await connection.runAndReadAll(sql)).getRows()[0]?.[0] ?? 0);

await run(`CREATE TEMP TABLE raw AS SELECT * FROM read_csv(${literal(file)}, all_varchar=true, header=true, delim=',', quote='"', escape='"',
  names=['account','booking','value','amount','currency','counterparty','reference','type','description'])`);
stage('read');
await run(`CREATE TABLE every AS SELECT rowid + 1 AS row, account, TRY_CAST(booking AS DATE) AS booking, TRY_CAST(value AS DATE) AS value,
  CAST(TRY_CAST(amount AS DECIMAL(18,2)) * 100 AS BIGINT) AS minor, currency, upper(trim(counterparty)) AS party, reference, type, description FROM raw`);
await run('CREATE VIEW tx AS SELECT * FROM every WHERE booking IS NOT NULL AND minor IS NOT NULL');
const rows = await one('SELECT count(*) FROM tx');
stage('standardize');
const all = 'account, booking, value, minor, currency, party, reference, type, description';
const duplicates = await one(
  `SELECT coalesce(sum(n - 1), 0) FROM (SELECT count(*) AS n FROM tx GROUP BY ${all} HAVING count(*) > 1)`,
);
stage('duplicates');
await run(
  `SELECT party, minor FROM tx WHERE party <> '' AND reference IS NOT NULL GROUP BY ALL HAVING count(*) > 1 AND min(reference) <> max(reference)`,
);
stage('same-same-different');
await run(
  `SELECT party FROM (SELECT party, max(abs(minor), 2) AS top FROM tx GROUP BY party) WHERE len(top) = 2 AND top[2] > 0 AND top[1] > 10 * top[2]`,
);
stage('relative-size-factor');
await run(
  `WITH c AS (SELECT left(abs(minor)::VARCHAR, 2)::INT AS f, count(*) AS n FROM tx WHERE abs(minor) >= 1000 GROUP BY f) SELECT f, n FROM c`,
);
stage('benford-first-two');
await run(`SELECT count(*) FROM (SELECT seq, lag(seq) OVER (PARTITION BY series ORDER BY seq) AS before FROM
  (SELECT left(reference, -8) AS series, right(reference, 7)::INT AS seq FROM tx WHERE reference IS NOT NULL)) WHERE seq - before > 1`);
stage('sequence-gap');
await run('SELECT count(*) FROM tx WHERE abs(minor) >= 950000 AND abs(minor) < 1000000');
stage('just-below-threshold');
await run(
  'WITH d AS (SELECT account, booking, count(*) AS n FROM tx GROUP BY ALL), a AS (SELECT account, sum(n) AS t, count(*) AS days FROM d GROUP BY account) SELECT count(*) FROM d JOIN a USING (account) WHERE d.n * days > 5 * t',
);
stage('velocity');
await run('CHECKPOINT');
stage('store');
process.stdout.write(`${JSON.stringify({ rows, duplicates, stages, storeBytes: statSync(store).size })}\n`);
process.exit(0);
