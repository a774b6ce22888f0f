import type { CodecFor } from '../../../kernel/text.ts';
import { columnLabel } from './csv-column-names.ts';
import { detectDialect } from './csv-detection.ts';
import type { CsvDialect } from './csv-dialect.ts';
import type { ColumnRole } from './csv-header-lexicon.ts';
import { COLUMN_ROLES } from './csv-header-lexicon.ts';
import type { CsvOverrides } from './csv-overrides.ts';

/** Another part that a column could play. */
export interface RoleAlternative {
  readonly role: ColumnRole;
  /** 0 to 1. */
  readonly confidence: number;
  readonly reason: string;
}

/** What a column is taken for, and why. */
export interface ProposedColumn {
  /** 0-based. */
  readonly index: number;
  readonly name: string;
  /** Null: the column plays no part; its text stays in the sealed original. */
  readonly role: ColumnRole | null;
  /** 0 to 1; 1 for what was stated, 0 without a role. */
  readonly confidence: number;
  readonly reason: string;
  /** First filled values, as they stand in the file. */
  readonly samples: readonly string[];
  /** The likeliest first. */
  readonly alternatives: readonly RoleAlternative[];
}

/** A question that the file leaves open. */
export interface MappingAmbiguity {
  /** The override that answers it. */
  readonly setting: string;
  readonly candidates: readonly string[];
  readonly reason: string;
}

/** The proposed mapping of a table, to be shown, corrected by overrides and confirmed. */
export interface MappingProposal {
  readonly columns: readonly ProposedColumn[];
  readonly ambiguities: readonly MappingAmbiguity[];
}

const SAMPLES = 5;
const SAMPLE_CHARACTERS = 80;

/** Each column's proposed part with its confidence and reason, and what the file leaves open. */
export const mappingProposal = (dialect: CsvDialect): MappingProposal => ({
  columns: Array.from({ length: dialect.columnCount }, (_, index) => proposedColumn(dialect, index)),
  ambiguities: dialect.questions.map(({ key, candidates, message }) => ({
    setting: key,
    candidates,
    reason: message,
  })),
});

/**
 * The proposal for the head of a table, before it is imported. `whole`: the head is all there is. Throws FileRefused
 * `file.empty`, `csv.binary` and `dialect.unknown`; open questions are part of the proposal.
 */
export const proposeMapping = (
  head: Uint8Array,
  whole: boolean,
  codecFor: CodecFor,
  overrides: CsvOverrides,
): MappingProposal => mappingProposal(detectDialect({ bytes: head, whole, thorough: true }, codecFor, overrides));

const proposedColumn = (dialect: CsvDialect, index: number): ProposedColumn => {
  const role = COLUMN_ROLES.find(known => dialect.choices[known]?.columns.includes(index)) ?? null;
  const choice = role === null ? undefined : dialect.choices[role];
  return {
    index,
    name: columnLabel(dialect.names, index),
    role,
    confidence: choice?.confidence ?? 0,
    reason: choice?.reason ?? 'neither its name nor its values say a part that is still free',
    samples: samplesOf(dialect, index),
    alternatives: alternativesOf(dialect, index, role),
  };
};

const samplesOf = (dialect: CsvDialect, index: number): string[] => {
  const samples: string[] = [];
  for (const fields of dialect.rows) {
    const text = (fields[index] ?? '').trim();
    if (text !== '') samples.push(text.slice(0, SAMPLE_CHARACTERS));
    if (samples.length === SAMPLES) break;
  }
  return samples;
};

const alternativesOf = (dialect: CsvDialect, index: number, role: ColumnRole | null): RoleAlternative[] => {
  const best = new Map<ColumnRole, RoleAlternative>();
  for (const { role: other, column, confidence, reason } of dialect.claims)
    if (column === index && other !== role && confidence > (best.get(other)?.confidence ?? 0))
      best.set(other, { role: other, confidence, reason });
  return [...best.values()].sort((a, b) => b.confidence - a.confidence);
};
