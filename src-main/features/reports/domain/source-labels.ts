import { formatCount } from './report-figures.ts';
import type { ReportSource } from './report-model.ts';

/** The short names of the sources in the report, S1, S2 … in the order of the list of sources. */
export interface SourceLabels {
  /** "S2". Throws RangeError for a source that the report does not list: a row must never lose its place. */
  of(sourceId: string): string;
  /** "S2" for a file's name that one source only has; the name itself where it does not tell which. */
  ofName(name: string): string;
  /** "S2 row 1,204". */
  place(sourceId: string, row: number | null): string;
}

export const sourceLabels = (sources: readonly ReportSource[]): SourceLabels => {
  const labels = new Map(sources.map((source, index) => [source.id, `S${index + 1}`]));
  const of = (sourceId: string): string => {
    const label = labels.get(sourceId);
    if (label === undefined) throw new RangeError(`source ${sourceId} is not among the report's sources`);
    return label;
  };
  const ofName = (name: string): string => {
    const [source, ...others] = sources.filter(candidate => candidate.name === name);
    return source === undefined || others.length > 0 ? name : of(source.id);
  };
  return {
    of,
    ofName,
    place: (sourceId, row) => (row === null ? of(sourceId) : `${of(sourceId)} row ${formatCount(row)}`),
  };
};
