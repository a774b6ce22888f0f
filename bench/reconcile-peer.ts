/**
 * The yardstick of `bench/reconcile.ts`: both files read and joined on currency, amount and date window by one DuckDB script.
 * Run as a process of its own: `node bench/reconcile-peer.ts BANK LEDGER`; prints one JSON line.
 */
import { DuckDBInstance } from '@duckdb/node-api';

const [bank, ledger] = process.argv.slice(2) as [string, string];
const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;
const connection = await (await DuckDBInstance.create(':memory:')).connect();
const read = async (name: string, file: string): Promise<void> => {
  await connection.run(
    `CREATE TABLE ${name} AS SELECT row_number() OVER () AS row, CAST("Date" AS DATE) AS day, CAST(CAST("Amount" AS DECIMAL(18,2)) * 100 AS BIGINT) AS minor, "Currency" AS currency, "Description" AS text, "Reference" AS reference FROM read_csv(${literal(file)}, all_varchar=true, header=true)`,
  );
};
await read('bank', bank);
await read('ledger', ledger);
await connection.run(
  'CREATE TABLE pairs AS SELECT b.row AS b, l.row AS l FROM bank b JOIN ledger l ON b.currency = l.currency AND b.minor = l.minor AND abs(b.day - l.day) <= 5',
);
const one = async (query: string): Promise<number> =>
  Number((await connection.runAndReadAll(query)).getRows()[0]?.[0] ?? 0);
const pairs = await one('SELECT count(*) FROM pairs');
const exact = await one('SELECT count(*) FROM (SELECT b FROM pairs GROUP BY b HAVING count(*) = 1)');
process.stdout.write(`${JSON.stringify({ pairs, exact })}\n`);
process.exit(0);
