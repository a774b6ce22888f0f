import { countOf } from './figures.ts';
import type { ParameterSpec } from './forensic-test.ts';

/** How many findings a test lists that could list thousands; what is left out is counted in its limits. */
export const mostFindingsParameter = (most: number): ParameterSpec => ({
  name: 'most-findings',
  kind: 'integer',
  default: String(most),
  minimum: 1,
  maximum: 1_000_000,
  meaning: 'findings listed at most, the strongest first; the others are counted',
});

/** Something that may become a finding: how strong it is, and a key that orders equals the same way in every run. */
export interface Lead {
  readonly score: number;
  readonly key: string;
}

/** The `most` strongest leads, and a sentence about the others. */
export const strongestLeads = <L extends Lead>(
  leads: readonly L[],
  most: number,
): { readonly listed: L[]; readonly limits: string[] } => {
  const ranked = leads.toSorted((a, b) => b.score - a.score || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  const left = ranked.length - most;
  return {
    listed: ranked.slice(0, most),
    limits:
      left > 0
        ? [
            `Only the strongest ${countOf(most, 'finding')} are listed; ${countOf(left, 'weaker one')} can be had with the parameter most-findings.`,
          ]
        : [],
  };
};
