import { currencyExponent } from '../../../kernel/currency.ts';
import { formatUnits, UnitSum } from '../../../kernel/decimal.ts';
import type { CaseSource } from '../../ingestion/service/case-source.ts';
import type { RecipeEvent } from '../../standardization/domain/index.ts';
import { foldRecipe } from '../../standardization/domain/index.ts';
import { casePartyColumns } from './case-party-columns.ts';

export interface PartyFactsTask {
  readonly task: 'party-facts';
  readonly sources: readonly CaseSource[];
  readonly events: readonly RecipeEvent[];
  /** Only these party keys, or the page of all parties that contain the text. */
  readonly wanted:
    | { readonly keys: readonly string[] }
    | { readonly text: string; readonly offset: number; readonly limit: number };
}

/** What the records show of one party key. */
export interface PartyFacts {
  readonly party: string;
  readonly spellings: readonly string[];
  readonly accounts: readonly string[];
  readonly rows: number;
  readonly sums: readonly { readonly currency: string | null; readonly credits: string; readonly debits: string }[];
  readonly sources: readonly string[];
}

export interface PartyGroupFacts {
  readonly name: string;
  readonly members: readonly PartyFacts[];
  readonly rows: number;
  /** True where people merged the members. */
  readonly confirmed: boolean;
}

/** Spellings, accounts and files listed of a party. */
const LISTED = 20;

/** Facts of parties, merged ones as one, those with most rows first; with how many there are in all. */
export const partyFacts = (task: PartyFactsTask): { total: number; parties: PartyGroupFacts[] } => {
  const { parties: groups } = foldRecipe(task.events);
  const { table, party, spelling, account } = casePartyColumns(task.sources);
  const rowsBy = new Uint32Array(party.values.length);
  for (const code of party.codes) if (code >= 0) rowsBy[code]! += 1;
  const named = new Map<string, { codes: number[]; rows: number }>();
  party.values.forEach((key, code) => {
    if (rowsBy[code] === 0) return;
    const name = 'keys' in task.wanted ? key : groups.nameOf(key);
    const group = named.get(name) ?? { codes: [], rows: 0 };
    group.codes.push(code);
    group.rows += rowsBy[code]!;
    named.set(name, group);
  });
  const { wanted } = task;
  const chosen =
    'keys' in wanted
      ? wanted.keys.flatMap(key => (named.has(key) ? [[key, named.get(key)!] as const] : []))
      : [...named]
          .filter(([name, { codes }]) => contains([name, ...codes.map(code => party.values[code]!)], wanted.text))
          .sort(([a, x], [b, y]) => y.rows - x.rows || (a < b ? -1 : 1));
  const shown = 'keys' in wanted ? chosen : chosen.slice(wanted.offset, wanted.offset + wanted.limit);
  const collected = new Map(shown.flatMap(([, { codes }]) => codes).map(code => [code, new FactsCollector()]));
  const currency = table.coded('currency');
  const offsets = table.offsets();
  for (const [part, source] of task.sources.entries()) {
    const { count, scale } = source.columns;
    // In the source's own units: those of the table do not hold a large amount beside another source's fine ones.
    const units = source.columns.columns.amountUnits;
    const factor = 10n ** BigInt(Math.max(0, table.finestScale - scale));
    for (const facts of collected.values()) facts.beginPart(part);
    for (let i = 0, row = offsets[part]!; i < count; i++, row++)
      collected.get(party.codes[row]!)?.add(spelling.codes[row]!, account.codes[row]!, currency.codes[row]!, units[i]!);
    for (const facts of collected.values()) facts.endPart(factor);
  }
  const list = (codes: ReadonlySet<number>, values: readonly string[]): string[] =>
    [...codes].slice(0, LISTED).map(code => values[code] ?? '');
  const facts = (code: number): PartyFacts => {
    const all = collected.get(code)!;
    return {
      party: party.values[code]!,
      spellings: list(all.spellings, spelling.values),
      accounts: list(all.accounts, account.values),
      rows: rowsBy[code]!,
      sums: [...all.sums].map(([currencyCode, { credits, debits }]) => {
        const name = currency.values[currencyCode] ?? null;
        const decimals = Math.min(table.finestScale, currencyExponent(name));
        return {
          currency: name,
          credits: formatUnits(credits, table.finestScale, decimals),
          debits: formatUnits(debits, table.finestScale, decimals),
        };
      }),
      sources: list(
        all.parts,
        task.sources.map(source => source.name),
      ),
    };
  };
  return {
    total: chosen.length,
    parties: shown.map(([name, { codes, rows }]) => ({
      name,
      members: codes.map(facts),
      rows,
      confirmed: codes.length > 1,
    })),
  };
};

const contains = (names: readonly string[], text: string): boolean => {
  const wanted = text.normalize('NFKC').toLowerCase();
  return wanted === '' || names.some(name => name.toLowerCase().includes(wanted));
};

/** What is seen of one party while the rows pass, part by part. */
class FactsCollector {
  readonly spellings = new Set<number>();
  readonly accounts = new Set<number>();
  readonly parts = new Set<number>();
  /** By currency, in units of the table. */
  readonly sums = new Map<number, { credits: bigint; debits: bigint }>();
  private part = 0;
  private readonly partSums = new Map<number, { readonly credits: UnitSum; readonly debits: UnitSum }>();

  beginPart(part: number): void {
    this.part = part;
  }

  /** `units`: in those of the part. */
  add(spelling: number, account: number, currency: number, units: number): void {
    this.spellings.add(spelling);
    if (account >= 0) this.accounts.add(account);
    this.parts.add(this.part);
    let sum = this.partSums.get(currency);
    if (sum === undefined) {
      sum = { credits: new UnitSum(), debits: new UnitSum() };
      this.partSums.set(currency, sum);
    }
    if (units > 0) sum.credits.add(units);
    else if (units < 0) sum.debits.add(-units);
  }

  /** Takes the sums of the part over; `factor`: units of the table in one of the part. */
  endPart(factor: bigint): void {
    for (const [currency, { credits, debits }] of this.partSums) {
      const before = this.sums.get(currency) ?? { credits: 0n, debits: 0n };
      this.sums.set(currency, {
        credits: before.credits + credits.value * factor,
        debits: before.debits + debits.value * factor,
      });
    }
    this.partSums.clear();
  }
}
