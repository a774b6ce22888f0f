/**
 * The yardstick of the detection bench: the aggregates of the tests as raw SQL over an unencrypted DuckDB store, without reasons,
 * scores, parameters or rows to each finding. `build FILE STORE` makes the store; `run STORE` prints one JSON line: milliseconds
 * a test. Tests that one statement cannot come near to (circular flows, isolation forest, fuzzy names …) have none.
 */
import { DuckDBInstance } from '@duckdb/node-api';

const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;
const all = 'account, booking, value, minor, currency, party, reference, type, description';
const digits = (places: number): string =>
  `SELECT left(abs(minor)::VARCHAR, ${places}) AS d, count(*) AS n FROM tx WHERE abs(minor) >= 1000 GROUP BY d`;
const equalExcept = (group: string, having: string): string =>
  `SELECT count(*) FROM tx SEMI JOIN (SELECT ${group} FROM tx WHERE party <> '' GROUP BY ALL HAVING count(*) > 1 AND ${having}) AS g USING (${group})`;
const shareOf = (key: string, condition: string): string =>
  `SELECT ${key} AS k, count(*) AS n, count(*) FILTER (${condition}) AS hit, sum(abs(minor)) FILTER (${condition}) AS sum FROM tx GROUP BY k HAVING hit > 5 ORDER BY hit / n DESC LIMIT 50`;
const series = `SELECT rowid AS id, booking, minor, party, left(reference, -8) AS series, TRY_CAST(right(reference, 7) AS INT) AS seq FROM tx WHERE reference IS NOT NULL`;
const edges = `SELECT CASE WHEN minor < 0 THEN account ELSE party END AS f, CASE WHEN minor < 0 THEN party ELSE account END AS t, booking, abs(minor) AS units FROM tx WHERE party <> ''`;

const STATEMENTS: Readonly<Record<string, string>> = {
  'benford-first': digits(1),
  'benford-second': `SELECT substr(abs(minor)::VARCHAR, 2, 1) AS d, count(*) FROM tx WHERE abs(minor) >= 10 GROUP BY d`,
  'benford-first-two': digits(2),
  'benford-first-three': digits(3),
  'benford-second-order': `SELECT left(d::VARCHAR, 2), count(*) FROM (SELECT minor - lag(minor) OVER (ORDER BY minor) AS d FROM tx WHERE minor > 0) WHERE d >= 10 GROUP BY ALL`,
  'benford-summation': `SELECT left(abs(minor)::VARCHAR, 2) AS d, sum(abs(minor)) FROM tx WHERE abs(minor) >= 1000 GROUP BY d`,
  'last-two-digits': `SELECT abs(minor) % 100 AS d, count(*) FROM tx GROUP BY d`,
  'round-numbers': `SELECT account, count(*) FILTER (minor % 1000 = 0), count(*) FILTER (minor % 10000 = 0), count(*) FILTER (minor % 100000 = 0), count(*) FROM tx WHERE minor <> 0 GROUP BY account`,
  'number-duplication': `SELECT minor, count(*) AS n FROM tx GROUP BY minor HAVING n > 1 ORDER BY n DESC LIMIT 50`,
  'duplicate-exact': `SELECT count(*) FROM (SELECT count(*) AS n FROM tx GROUP BY ${all} HAVING n > 1)`,
  'same-same-same': equalExcept('party, minor, booking', 'true'),
  'same-same-different': equalExcept('party, minor', 'min(reference) <> max(reference)'),
  'same-same-near': `SELECT count(*) FROM (SELECT booking - lag(booking) OVER w AS days FROM tx WHERE party <> '' WINDOW w AS (PARTITION BY party, minor ORDER BY booking)) WHERE days <= 14`,
  'same-same-similar': `SELECT count(*) FROM (SELECT reference, lag(reference) OVER w AS before FROM tx WHERE party <> '' WINDOW w AS (PARTITION BY party, minor ORDER BY reference)) WHERE reference <> before AND levenshtein(reference, before) <= 1`,
  'duplicate-fuzzy': `SELECT count(*) FROM (SELECT party, lag(party) OVER (PARTITION BY minor, booking ORDER BY party) AS before FROM tx WHERE party <> '') WHERE party <> before AND jaro_winkler_similarity(party, before) > 0.9`,
  'shared-attribute': `SELECT account, count(DISTINCT party) AS n FROM tx GROUP BY account ORDER BY n DESC LIMIT 50`,
  'one-time-vendor': `SELECT party, min(minor) FROM tx WHERE party <> '' AND minor < 0 GROUP BY party HAVING count(*) = 1`,
  'dormant-account-reactivated': `SELECT count(*) FROM (SELECT booking - lag(booking) OVER (PARTITION BY party ORDER BY booking) AS days FROM tx WHERE party <> '') WHERE days > 180`,
  'relative-size-factor': `SELECT party FROM (SELECT party, max(abs(minor), 2) AS top FROM tx GROUP BY party) WHERE len(top) = 2 AND top[2] > 0 AND top[1] > 10 * top[2]`,
  'just-below-threshold': `SELECT party, account, count(*) FROM tx WHERE abs(minor) >= 950000 AND abs(minor) < 1000000 GROUP BY ALL`,
  structuring: `SELECT count(*) FROM (SELECT sum(abs(minor)) OVER (PARTITION BY party ORDER BY booking RANGE BETWEEN INTERVAL 6 DAYS PRECEDING AND CURRENT ROW) AS s FROM tx WHERE abs(minor) <= 1000000 AND party <> '') WHERE s > 1000000`,
  'split-transaction': `SELECT count(*) FROM (SELECT sum(abs(minor)) OVER (PARTITION BY party ORDER BY booking RANGE BETWEEN INTERVAL 2 DAYS PRECEDING AND CURRENT ROW) AS s FROM tx WHERE abs(minor) < 1000000 AND minor < 0 AND party <> '') WHERE s >= 1000000`,
  'unusual-amount-for-party': `WITH m AS (SELECT party, median(abs(minor)) AS m FROM tx WHERE party <> '' GROUP BY party HAVING count(*) >= 10), d AS (SELECT party, median(abs(abs(minor) - m)) AS mad FROM tx JOIN m USING (party) GROUP BY party) SELECT count(*) FROM tx JOIN m USING (party) JOIN d USING (party) WHERE mad > 0 AND 0.6745 * abs(abs(minor) - m) / mad > 3.5`,
  stratification: `SELECT width_bucket, count(*), sum(minor) FROM (SELECT floor(log10(greatest(abs(minor), 1))) AS width_bucket, minor FROM tx) GROUP BY ALL`,
  ageing: `SELECT floor((DATE '2026-01-01' - booking) / 30) AS bucket, count(*), sum(minor) FROM tx GROUP BY ALL`,
  'largest-growth': `SELECT party, sum(abs(minor)) FILTER (year(booking) = 2025) AS now, sum(abs(minor)) FILTER (year(booking) = 2024) AS before FROM tx GROUP BY party ORDER BY now / before DESC LIMIT 50`,
  'sequence-gap': `SELECT count(*) FROM (SELECT seq, lag(seq) OVER (PARTITION BY series ORDER BY seq) AS before FROM (${series})) WHERE seq - before > 1`,
  'sequence-duplicate': `SELECT series, seq FROM (${series}) GROUP BY ALL HAVING count(*) > 1`,
  'out-of-order': `SELECT count(*) FROM (SELECT seq, lag(seq) OVER (PARTITION BY series ORDER BY booking, id) AS before FROM (${series})) WHERE seq < before`,
  'weekend-holiday': shareOf('account', 'isodow(booking) > 5'),
  'period-end': shareOf('account', 'booking >= last_day(booking) - 2'),
  'cut-off': `SELECT count(*) FROM tx WHERE date_trunc('month', booking) <> date_trunc('month', value)`,
  backdated: `SELECT count(*) FROM tx WHERE value - booking > 10`,
  'activity-burst': `WITH w AS (SELECT party, date_trunc('week', booking) AS week, count(*) AS n FROM tx WHERE party <> '' GROUP BY ALL), m AS (SELECT party, median(n) AS m, mad(n) AS mad FROM w GROUP BY party) SELECT count(*) FROM w JOIN m USING (party) WHERE n > m + 3.5 * greatest(mad, 1)`,
  velocity: `WITH d AS (SELECT account, booking, count(*) AS n FROM tx GROUP BY ALL), a AS (SELECT account, sum(n) AS t, count(*) AS days FROM d GROUP BY account) SELECT count(*) FROM d JOIN a USING (account) WHERE d.n * days > 5 * t`,
  'fan-out': `SELECT f, count(DISTINCT t) AS n, sum(units) FROM (${edges}) GROUP BY f ORDER BY n DESC LIMIT 50`,
  'fan-in': `SELECT t, count(DISTINCT f) AS n, sum(units) FROM (${edges}) GROUP BY t ORDER BY n DESC LIMIT 50`,
  'pass-through': `SELECT node, sum(i) AS i, sum(o) AS o FROM (SELECT t AS node, units AS i, 0 AS o FROM (${edges}) UNION ALL SELECT f, 0, units FROM (${edges})) GROUP BY node HAVING abs(sum(i) - sum(o)) < 0.05 * sum(i)`,
  'rapid-movement': `SELECT count(*) FROM (SELECT account, booking, sum(greatest(minor, 0)) AS i, sum(greatest(-minor, 0)) AS o FROM tx GROUP BY ALL) AS a JOIN (SELECT account, booking, sum(greatest(-minor, 0)) AS o FROM tx GROUP BY ALL) AS b ON a.account = b.account AND b.booking BETWEEN a.booking AND a.booking + 2 WHERE a.i > 0 AND abs(a.i - b.o) < 0.1 * a.i`,
  'peer-group-outlier': `WITH q AS (SELECT type, median(ln(greatest(abs(minor), 1))) AS m, mad(ln(greatest(abs(minor), 1))) AS mad FROM tx GROUP BY type) SELECT count(*) FROM tx JOIN q USING (type) WHERE mad > 0 AND 0.6745 * abs(ln(greatest(abs(minor), 1)) - m) / mad > 3.5`,
};

const [mode, first, second] = process.argv.slice(2) as ['build' | 'run', string, string];
const connection = await (await DuckDBInstance.create(mode === 'build' ? second : first)).connect();
if (mode === 'build') {
  await connection.run(`CREATE TABLE tx AS SELECT account, booking, value, minor, currency, upper(trim(counterparty)) AS party, reference, type, description FROM
    (SELECT account, TRY_CAST(booking AS DATE) AS booking, TRY_CAST(value AS DATE) AS value, CAST(TRY_CAST(amount AS DECIMAL(18,2)) * 100 AS BIGINT) AS minor,
      currency, counterparty, reference, type, description FROM read_csv(${literal(first)}, all_varchar=true, header=true, delim=',', quote='"', escape='"',
      names=['account','booking','value','amount','currency','counterparty','reference','type','description'])) WHERE booking IS NOT NULL AND minor IS NOT NULL`);
  await connection.run('CHECKPOINT');
} else {
  const tests: Record<string, number> = {};
  for (const [test, sql] of Object.entries(STATEMENTS)) {
    const started = performance.now();
    await connection.runAndReadAll(sql);
    tests[test] = performance.now() - started;
  }
  process.stdout.write(`${JSON.stringify({ tests })}\n`);
}
process.exit(0);
