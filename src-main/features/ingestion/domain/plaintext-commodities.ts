import type { StatementSink } from './statement-sink.ts';

/** Commodities named in a warning. */
const NAMED = 8;

/** Warns (`ledger.currencies`) of a ledger in several currencies or commodities: its totals add up what cannot be added. */
export const warnOfCommodities = (sink: StatementSink, commodities: ReadonlySet<string>): void => {
  if (commodities.size < 2) return;
  const names = [...commodities].map(name => (name === '' ? 'none stated' : name));
  const listed = names.slice(0, NAMED).join(', ');
  sink.warn({
    row: null,
    code: 'ledger.currencies',
    message: `The amounts are in ${names.length} currencies or commodities (${listed}${names.length > NAMED ? ', …' : ''}): totals over all of them mean nothing.`,
  });
};
