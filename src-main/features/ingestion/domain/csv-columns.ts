import { chooseAmounts } from './csv-amount-columns.ts';
import type { ColumnChoices, ColumnPlan, OpenRole, RoleClaim } from './csv-column-plan.ts';
import { type ColumnProfile, profileColumn } from './csv-column-profile.ts';
import { chooseByContent, contentClaims } from './csv-content-columns.ts';
import { chooseByHeader } from './csv-header-claims.ts';
import { settleParties } from './csv-party-columns.ts';
import { saysNotBooked } from './csv-status.ts';
import { chooseEntered, choosePoster } from './csv-trail-columns.ts';

export interface ChosenColumns {
  readonly choices: ColumnChoices;
  readonly open: readonly OpenRole[];
  readonly profiles: readonly ColumnProfile[];
  readonly claims: readonly RoleClaim[];
  readonly ledger: boolean;
}

/**
 * Which column plays which part. Header names decide where there are any, content confirms or forbids; without
 * header names content alone decides: dates, columns of money (a running balance is one whose differences equal
 * another's values), currency codes, identifiers, texts. `ledger`: what the examiner said about it, null nothing.
 */
export const chooseColumns = (
  header: readonly string[] | null,
  rows: readonly (readonly string[])[],
  columnCount: number,
  ledger: boolean | null = null,
): ChosenColumns => {
  const profiles = Array.from({ length: columnCount }, (_, column) =>
    profileColumn(rows.map(fields => fields[column] ?? '')),
  );
  const plan: ColumnPlan = {
    header,
    rows,
    booked: rows,
    profiles,
    ledger: false,
    parts: {},
    choices: {},
    taken: new Set(),
    open: [],
    claims: [],
  };
  if (header !== null) chooseByHeader(plan, header, ledger);
  const status = plan.choices.status?.columns[0];
  if (status !== undefined) plan.booked = rows.filter(fields => saysNotBooked(fields[status] ?? '') !== true);
  chooseAmounts(plan);
  settleParties(plan);
  choosePoster(plan);
  chooseByContent(plan);
  chooseEntered(plan);
  plan.claims.push(...contentClaims(plan));
  return { choices: plan.choices, open: plan.open, profiles, claims: plan.claims, ledger: plan.ledger };
};
