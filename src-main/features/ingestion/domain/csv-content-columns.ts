import { contentReason, fits, isDates, isMoney, isText, share } from './csv-column-fit.ts';
import { type ColumnPlan, choose, type RoleClaim, release, rounded } from './csv-column-plan.ts';
import type { ColumnProfile } from './csv-column-profile.ts';
import { headerEvidence, normalizeHeader } from './csv-header-lexicon.ts';
import { readIndicators } from './csv-indicator.ts';

/** Evidence from which a name counts as one of a description's columns. */
const DESCRIPTION_EVIDENCE = 0.45;

/** Names that say their part plainly, usually, perhaps; below stand names that only begin or end with one. */
const PLAIN = 0.89;
const USUAL = 0.74;
const WEAK = 0.59;

type Test = (profile: ColumnProfile, column: number) => boolean;

const freeColumns = ({ profiles, taken }: ColumnPlan, test: Test): number[] =>
  profiles.flatMap((profile, column) => (!taken.has(column) && test(profile, column) ? [column] : []));

/** Gives the roles that names left open to columns by what they hold. */
export const chooseByContent = (plan: ColumnPlan): void => {
  const dates = chooseDates(plan);
  if (plan.header === null) chooseUnnamed(plan, dates);
  chooseIndicator(plan);
  chooseDescription(plan);
};

/** The booking date where no name says it; answers the columns of dates that are left. */
const chooseDates = (plan: ColumnPlan): number[] => {
  const { choices, profiles } = plan;
  const dates = freeColumns(plan, profile => isDates(profile));
  const { valueDate } = choices;
  if (!choices.bookingDate && valueDate) {
    const column = valueDate.columns[0]!;
    release(plan, 'valueDate');
    choose(
      plan,
      'bookingDate',
      [column],
      0.7,
      `the only column of dates; ${contentReason('bookingDate', profiles[column]!)}`,
    );
  }
  if (!choices.bookingDate && dates.length > 0) {
    const column = dates.shift()!;
    choose(
      plan,
      'bookingDate',
      [column],
      dates.length > 0 ? 0.65 : 0.85,
      `the first column of dates; ${contentReason('bookingDate', profiles[column]!)}`,
    );
  }
  return dates;
};

/** Roles of a table without a header. */
const chooseUnnamed = (plan: ColumnPlan, dates: readonly number[]): void => {
  const { choices, profiles } = plan;
  if (!choices.valueDate && dates.length > 0) choose(plan, 'valueDate', [dates[0]!], 0.5, 'the second column of dates');
  if (!choices.currency) {
    const codes = freeColumns(
      plan,
      p => fits('currency', p, false) && p.distinct <= Math.max(3, p.filled / 3) && share(p.filled, p.rows) >= 0.5,
    ).sort((a, b) => profiles[b]!.filled - profiles[a]!.filled || a - b);
    if (codes[0] !== undefined) choose(plan, 'currency', [codes[0]], 0.8, 'its values are currency codes');
  }
  if (!choices.account) {
    const [column] = freeColumns(
      plan,
      p =>
        p.filled > 0 &&
        (share(p.ibans, p.filled) >= 0.8 || (p.averageLength >= 8 && p.texts === 0)) &&
        p.distinct === 1 &&
        share(p.filled, p.rows) >= 0.8 &&
        p.rows >= 2,
    );
    if (column !== undefined) choose(plan, 'account', [column], 0.6, 'one and the same identifier in every row');
  }
};

const chooseIndicator = (plan: ColumnPlan): void => {
  const { choices, header, profiles } = plan;
  if (choices.indicator || !choices.amount) return;
  const type = choices.type?.columns[0];
  if (type !== undefined && profiles[choices.amount.columns[0]!]!.negatives === 0 && saysDirection(profiles[type]!)) {
    const { reason } = choices.type!;
    release(plan, 'type');
    choose(plan, 'indicator', [type], 0.8, `${reason}; its values say debit and credit, and the amounts carry no sign`);
    return;
  }
  const mayBe = (column: number): boolean =>
    header === null ||
    normalizeHeader(header[column] ?? '') === '' ||
    headerEvidence(header[column] ?? '', 'indicator') > 0;
  const [column] = freeColumns(
    plan,
    (p, c) => mayBe(c) && fits('indicator', p, header !== null) && (p.distinct >= 2 || isOneSided(p)),
  );
  if (column !== undefined) choose(plan, 'indicator', [column], 0.7, 'its values are debit/credit marks');
};

/** Both directions, each in a word of its own. */
const saysDirection = (p: ColumnProfile): boolean => {
  const reading = readIndicators(p.values);
  return reading !== null && reading.debit.length > 0 && reading.credit.length > 0 && p.filled === p.rows;
};

/** Marks of one side only, where the other rows have none. */
export const isOneSided = (p: ColumnProfile): boolean => {
  const reading = readIndicators(p.values);
  return (
    reading !== null &&
    p.filled > 0 &&
    p.filled < p.rows &&
    (reading.debit.length === 0 || reading.credit.length === 0) &&
    p.values.every(value => value.length > 1)
  );
};

/** Words rather than an identifier. */
const isProse = (p: ColumnProfile): boolean =>
  share(p.spaced, p.filled) >= 0.5 && share(p.texts, p.filled) >= 0.8 && p.averageLength >= 10;

const chooseDescription = (plan: ColumnPlan): void => {
  const { header, profiles, choices } = plan;
  const named =
    header === null
      ? []
      : freeColumns(
          plan,
          (p, column) => !isDates(p) && headerEvidence(header[column] ?? '', 'description') > DESCRIPTION_EVIDENCE,
        );
  if (named.length > 0) {
    const evidence = (column: number): number => headerEvidence(header![column]!, 'description');
    const sure = named.some(column => evidence(column) >= USUAL);
    const kept = named.filter(column => !sure || evidence(column) >= USUAL || evidence(column) < WEAK);
    choose(plan, 'description', kept, 0.9, `named ${kept.map(column => `"${header![column]!.trim()}"`).join(', ')}`);
    return;
  }
  const { type, reference } = choices;
  const typeColumn = type?.columns[0];
  if (
    header !== null &&
    type &&
    typeColumn !== undefined &&
    headerEvidence(header[typeColumn]!, 'description') >= PLAIN
  ) {
    release(plan, 'type');
    choose(plan, 'description', [typeColumn], 0.8, `${type.reason}; no other column describes the transactions`);
    return;
  }
  const referenceProfile = reference && profiles[reference.columns[0]!];
  if (reference && referenceProfile && isProse(referenceProfile)) {
    release(plan, 'reference');
    choose(
      plan,
      'description',
      reference.columns,
      0.6,
      `${reference.reason}; its values are sentences, not references`,
    );
    return;
  }
  const texts = freeColumns(plan, profile => isText(profile));
  if (texts.length === 0) return;
  if (header === null) choose(plan, 'description', texts, 0.6, 'the columns of text');
  else if (!choices.counterparty && !choices.category) {
    const longest = texts.reduce((a, b) => (profiles[b]!.averageLength > profiles[a]!.averageLength ? b : a));
    if (profiles[longest]!.averageLength >= 8)
      choose(plan, 'description', [longest], 0.5, 'the longest text without another part');
  }
};

/** What columns could be by their content alone, for those who correct the choice. */
export const contentClaims = ({ profiles }: ColumnPlan): RoleClaim[] =>
  profiles.flatMap((profile, column) => {
    const claim = (role: RoleClaim['role'], confidence: number): RoleClaim => ({
      role,
      column,
      confidence: rounded(confidence),
      reason: contentReason(role, profile),
    });
    if (isDates(profile))
      return [
        claim('bookingDate', 0.5 * share(profile.dates, profile.filled)),
        claim('valueDate', 0.4 * share(profile.dates, profile.filled)),
      ];
    if (isMoney(profile) && share(profile.texts, profile.filled) < 0.4)
      return [
        claim('amount', 0.4 * share(profile.amounts, profile.filled)),
        claim('balance', 0.2 * share(profile.amounts, profile.filled)),
      ];
    if (fits('indicator', profile, false)) return [claim('indicator', 0.4)];
    if (fits('currency', profile, false)) return [claim('currency', 0.5)];
    return isText(profile) ? [claim('description', 0.3), claim('counterparty', 0.2)] : [claim('reference', 0.2)];
  });
