import type { Level } from '../domain/typologies/typology.ts';

/**
 * Rows behind a number of a risk score, a typology or a back-test: found again from the latest examination when they are
 * opened, by the same functions that counted them.
 */
export type ScoreSet =
  /** Rows in findings of a test. */
  | { readonly kind: 'hits'; readonly test: string }
  /** Rows of a unit in findings of a test; of any test where it is null. */
  | { readonly kind: 'risk'; readonly level: Level; readonly test: string | null; readonly key: string }
  /** Rows of one unit that a typology hits; of all of them where the key is null. */
  | { readonly kind: 'typology'; readonly id: string; readonly version: number; readonly key: string | null }
  | {
      readonly kind: 'backtest';
      readonly id: string;
      readonly version: number;
      /** YYYY-MM, or what decisions say. */
      readonly part: string;
    }
  | {
      readonly kind: 'overlap';
      readonly a: { readonly id: string; readonly version: number };
      readonly b: { readonly id: string; readonly version: number };
      readonly part: 'both' | 'onlyA' | 'onlyB';
    };

/** Characters a filter's `set` may have. */
const MAX_NAME = 400;

const nameOf = (set: ScoreSet): string => {
  switch (set.kind) {
    case 'hits':
      return `hits:${set.test}`;
    case 'risk':
      return `risk:${set.level}:${set.test ?? '*'}:${set.key}`;
    case 'typology':
      return `typology:${set.id}@${set.version}${set.key === null ? '' : `:${set.key}`}`;
    case 'backtest':
      return `backtest:${set.id}@${set.version}:${set.part}`;
    case 'overlap':
      return `overlap:${set.a.id}@${set.a.version}:${set.b.id}@${set.b.version}:${set.part}`;
  }
};

/** The name of a set as a filter takes it; null where it would be too long. */
export const scoreSetName = (set: ScoreSet): string | null => {
  const name = nameOf(set);
  return name.length > MAX_NAME ? null : name;
};

const VERSIONED = '([a-z0-9-]+)@(\\d{1,7})';
const HITS = /^hits:([a-z0-9-]+)$/;
const RISK = /^risk:(transaction|account|party):(\*|[a-z0-9-]+):(.*)$/s;
const TYPOLOGY = new RegExp(`^typology:${VERSIONED}(?::(.*))?$`, 's');
const BACKTEST = new RegExp(`^backtest:${VERSIONED}:(\\d{4}-\\d{2}|confirmed|dismissed|missed)$`);
const OVERLAP = new RegExp(`^overlap:${VERSIONED}:${VERSIONED}:(both|onlyA|onlyB)$`);

/** The set of a name that `scoreSetName` gave; null for any other name. */
export const scoreSetOf = (name: string): ScoreSet | null => {
  const hits = HITS.exec(name);
  if (hits !== null) return { kind: 'hits', test: hits[1]! };
  const risk = RISK.exec(name);
  if (risk !== null)
    return { kind: 'risk', level: risk[1] as Level, test: risk[2] === '*' ? null : risk[2]!, key: risk[3]! };
  const typology = TYPOLOGY.exec(name);
  if (typology !== null)
    return { kind: 'typology', id: typology[1]!, version: Number(typology[2]), key: typology[3] ?? null };
  const backtest = BACKTEST.exec(name);
  if (backtest !== null)
    return { kind: 'backtest', id: backtest[1]!, version: Number(backtest[2]), part: backtest[3]! };
  const overlap = OVERLAP.exec(name);
  if (overlap === null) return null;
  return {
    kind: 'overlap',
    a: { id: overlap[1]!, version: Number(overlap[2]) },
    b: { id: overlap[3]!, version: Number(overlap[4]) },
    part: overlap[5] as 'both' | 'onlyA' | 'onlyB',
  };
};
