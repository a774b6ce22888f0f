import { UNKNOWN_DAY } from '../../../kernel/civil-date.ts';
import { openDatabase } from '../../../platform/database.ts';
import { ReadStore } from '../../../platform/store.ts';
import type { CaseSource } from '../../ingestion/service/case-source.ts';
import type { RecipeEvent } from '../../standardization/domain/index.ts';
import type { RiskTable, Weights } from '../domain/risk/risk-score.ts';
import { riskTable } from '../domain/risk/risk-score.ts';
import type { Decided, JudgedTypology } from '../domain/typologies/back-test.ts';
import { judgeTypology, overlapOf } from '../domain/typologies/back-test.ts';
import { evaluateTypology, markedRows, rowsOfFits } from '../domain/typologies/evaluate-typology.ts';
import type { Level, Typology } from '../domain/typologies/typology.ts';
import { ScoredCase } from './score-case.ts';
import type { ScoreSet } from './score-sets.ts';

/** What is asked of a case's findings. `decided` is by finding ordinal, for what rests on decisions. */
export type ScoreQuestion =
  | { readonly kind: 'risk'; readonly level: Level }
  | { readonly kind: 'counts'; readonly typologies: readonly Typology[] }
  | { readonly kind: 'typology'; readonly typology: Typology }
  | {
      readonly kind: 'backtest';
      readonly a: Typology;
      readonly b: Typology | null;
      readonly decided: readonly (readonly [ordinal: number, state: Decided])[];
    }
  | {
      readonly kind: 'rows';
      readonly set: ScoreSet;
      /** The versions that the set names. */
      readonly typologies: readonly Typology[];
      readonly decided: readonly (readonly [ordinal: number, state: Decided])[];
    };

export interface ScoreTask {
  readonly task: 'score';
  readonly storePath: string;
  readonly key: Uint8Array;
  readonly sources: readonly CaseSource[];
  readonly events: readonly RecipeEvent[];
  /** Number of the examination whose findings count. */
  readonly run: number;
  readonly weights: Weights;
  readonly question: ScoreQuestion;
}

/** Scores with what it takes to name their units and findings. */
export interface ScoredUnits {
  readonly table: RiskTable;
  /** Names of the units at the table's places; null: `ids` names transactions. */
  readonly names: readonly string[] | null;
  readonly ids: Float64Array | null;
  /** By hit: its finding's number, severity and score. */
  readonly ordinals: Float64Array;
  readonly severities: readonly string[];
  readonly scores: Float64Array;
}

export interface TypologyAnswer extends ScoredUnits {
  /** Places of the table whose units fit. */
  readonly places: Uint32Array;
  readonly rows: number;
}

export interface TypologyCount {
  readonly hits: number;
  readonly rows: number;
}

export interface BackTestPart {
  readonly units: number;
  readonly rows: number;
}
export interface BackTestSide {
  readonly units: BackTestPart;
  readonly months: readonly { readonly month: string; readonly units: number; readonly rows: number }[];
  readonly confirmed: BackTestPart;
  readonly dismissed: BackTestPart;
  readonly missed: BackTestPart;
}
export interface BackTestAnswer {
  readonly a: BackTestSide;
  readonly b: BackTestSide | null;
  readonly overlap: Readonly<Record<'both' | 'onlyA' | 'onlyB', BackTestPart>> | null;
  readonly undated: number;
}

/** Answers a question about the findings of an examination. */
export const score = ({ storePath, key, sources, events, run, weights, question }: ScoreTask): unknown => {
  const connection = openDatabase(storePath, key, { mode: 'read' });
  try {
    const scored = new ScoredCase(new ReadStore(connection), sources, events, run);
    switch (question.kind) {
      case 'risk': {
        const units = scored.unitsOf(question.level);
        return scoredUnits(scored, riskTable(scored.hits, units, weights), question.level);
      }
      case 'counts':
        return question.typologies.map((typology): TypologyCount => {
          const units = scored.unitsOf(typology.level);
          const hits = evaluateTypology(typology, scored.hits, units);
          return { hits: hits.places.length, rows: rowsOfFits(hits, scored.hits, units).length };
        });
      case 'typology':
        return typologyAnswer(scored, question.typology);
      case 'backtest':
        return backTest(scored, question.a, question.b, question.decided);
      case 'rows':
        return scored.transactionIds(rowsOfSet(scored, question.set, question.typologies, question.decided, weights));
    }
  } finally {
    connection.close();
  }
};

const scoredUnits = (scored: ScoredCase, table: RiskTable, level: Level): ScoredUnits => {
  const { names } = scored.unitsOf(level);
  return {
    table,
    names: names === null ? null : Array.from(table.units, unit => names[unit]!),
    ids: names === null ? Float64Array.from(table.units, row => scored.transactionId(row)) : null,
    ordinals: Float64Array.from(scored.hits, hit => hit.ordinal),
    severities: scored.hits.map(hit => hit.severity),
    scores: Float64Array.from(scored.hits, hit => hit.score),
  };
};

const typologyAnswer = (scored: ScoredCase, typology: Typology): TypologyAnswer => {
  const units = scored.unitsOf(typology.level);
  const hits = evaluateTypology(typology, scored.hits, units);
  return {
    ...scoredUnits(scored, hits.table, typology.level),
    places: hits.places,
    rows: rowsOfFits(hits, scored.hits, units).length,
  };
};

const decisionsOf = (
  { hits }: ScoredCase,
  decided: readonly (readonly [ordinal: number, state: Decided])[],
): Decided[] => {
  const byOrdinal = new Map(decided);
  return hits.map(({ ordinal }) => byOrdinal.get(ordinal) ?? null);
};

const judge = (scored: ScoredCase, typology: Typology, decided: readonly Decided[]): JudgedTypology =>
  judgeTypology(typology, scored.hits, scored.unitsOf(typology.level), scored.bookingDays(), decided);

const rowsOfHits = ({ hits, rowCount }: ScoredCase, indexes: readonly number[]): Uint32Array => {
  const marks = new Uint8Array(rowCount);
  for (const index of indexes) for (const row of hits[index]!.rows) marks[row] = 1;
  return markedRows(marks);
};

const sideOf = (scored: ScoredCase, judged: JudgedTypology): BackTestSide => {
  const part = (indexes: readonly number[]): BackTestPart => ({
    units: indexes.length,
    rows: rowsOfHits(scored, indexes).length,
  });
  return {
    units: { units: judged.units, rows: judged.rows.length },
    months: judged.months.map(({ month, units, rows }) => ({ month, units, rows: rows.length })),
    confirmed: part(judged.confirmed),
    dismissed: part(judged.dismissed),
    missed: part(judged.missed),
  };
};

const backTest = (
  scored: ScoredCase,
  a: Typology,
  b: Typology | null,
  decisions: readonly (readonly [ordinal: number, state: Decided])[],
): BackTestAnswer => {
  const decided = decisionsOf(scored, decisions);
  const first = judge(scored, a, decided);
  const second = b === null ? null : judge(scored, b, decided);
  const overlap = second === null || b?.level !== a.level ? null : overlapOf(first, second, scored.unitsOf(a.level));
  const size = ({ units, rows }: { readonly units: number; readonly rows: Uint32Array }): BackTestPart => ({
    units,
    rows: rows.length,
  });
  const days = scored.bookingDays();
  return {
    a: sideOf(scored, first),
    b: second === null ? null : sideOf(scored, second),
    overlap:
      overlap === null ? null : { both: size(overlap.both), onlyA: size(overlap.onlyA), onlyB: size(overlap.onlyB) },
    undated: first.rows.reduce((sum, row) => sum + (days[row] === UNKNOWN_DAY ? 1 : 0), 0),
  };
};

/** Rows of the units that are marked, in findings whose test passes. */
const rowsOfUnit = (scored: ScoredCase, level: Level, key: string, counts: (test: string) => boolean): Uint32Array => {
  const { unitOf, names, rowCount } = scored.unitsOf(level);
  const unit = names === null ? null : names.indexOf(key);
  const marks = new Uint8Array(rowCount);
  for (const hit of scored.hits)
    if (counts(hit.test))
      for (const row of hit.rows)
        if (unit === null ? scored.transactionId(row) === Number(key) : unit >= 0 && unitOf![row] === unit)
          marks[row] = 1;
  return markedRows(marks);
};

const rowsOfSet = (
  scored: ScoredCase,
  set: ScoreSet,
  typologies: readonly Typology[],
  decisions: readonly (readonly [ordinal: number, state: Decided])[],
  weights: Weights,
): Uint32Array => {
  const [first, second] = typologies;
  switch (set.kind) {
    case 'hits':
      return rowsOfHits(
        scored,
        scored.hits.flatMap(({ test }, index) => (test === set.test ? [index] : [])),
      );
    case 'risk':
      return rowsOfUnit(scored, set.level, set.key, test =>
        set.test === null ? (weights.get(test) ?? 0) > 0 : test === set.test,
      );
    case 'typology': {
      const units = scored.unitsOf(first!.level);
      const hits = evaluateTypology(first!, scored.hits, units);
      const rows = rowsOfFits(hits, scored.hits, units);
      if (set.key === null) return rows;
      const unit = units.names === null ? null : units.names.indexOf(set.key);
      return rows.filter(row =>
        unit === null ? scored.transactionId(row) === Number(set.key) : units.unitOf![row] === unit,
      );
    }
    case 'backtest': {
      const judged = judge(scored, first!, decisionsOf(scored, decisions));
      const { part } = set;
      if (part === 'confirmed' || part === 'dismissed' || part === 'missed') return rowsOfHits(scored, judged[part]);
      return judged.months.find(({ month }) => month === part)?.rows ?? new Uint32Array();
    }
    case 'overlap': {
      const decided = decisionsOf(scored, []);
      const units = scored.unitsOf(first!.level);
      return overlapOf(judge(scored, first!, decided), judge(scored, second!, decided), units)[set.part].rows;
    }
  }
};
