import { NexusError } from '../../../contract/errors.ts';
import type { CommandContext, Handlers } from '../../../engine/handler.ts';
import { onCommand } from '../../../engine/handler.ts';
import { parseIsoDate } from '../../../kernel/civil-date.ts';
import { parseRates } from '../domain/exchange-rates.ts';
import { rowsWithin } from '../storage/run.repository.ts';
import { appendDecisions, loggedDecisions } from './append-decisions.ts';
import type { RowsOfMatch } from './decided-rows.ts';
import {
  EventRows,
  matchWords,
  refuseLocked,
  refuseUnmatchable,
  requireMatch,
  requireRow,
  rowWords,
} from './decided-rows.ts';
import type { DecisionStep } from './decision-event.ts';
import { ratesText } from './engine-decisions.ts';
import { leftoversOf } from './leftovers.ts';
import { matchDifference } from './match-difference.ts';
import type { ViewMatch } from './match-view.ts';
import { isMatched } from './match-view.ts';
import { requireShown } from './shown-reconciliation.ts';

/** Appends one decision and logs it. */
const record = (
  context: CommandContext,
  caseId: string,
  title: string,
  body: DecisionStep,
  more: Readonly<Record<string, string | number>> = {},
): { seq: number; title: string } => {
  const events = appendDecisions(context, context.store, caseId, [{ title, body }]);
  const [event] = events;
  if (event === undefined) throw new Error('a decision was not appended');
  context.audit({ ...loggedDecisions(caseId, events), decision: event.title, ...more });
  return { seq: event.seq, title: event.title };
};

const refuseState = (message: string, remedy: string): never => {
  throw new NexusError({
    code: 'reconciliation.match-state',
    category: 'conflict',
    message,
    kept: 'Nothing was decided.',
    remedy,
  });
};

/** Confirms or rejects proposals that were named one by one. */
const judge = (
  context: CommandContext,
  caseId: string,
  named: readonly RowsOfMatch[],
  kind: 'matches-confirmed' | 'matches-rejected',
) => {
  const { view } = requireShown(context, caseId);
  const matches = named.map(rows => requireMatch(view, rows));
  for (const match of matches) {
    if (kind === 'matches-rejected' && isMatched(match))
      refuseState('A match that stands is taken apart, not rejected.', 'Use “Unmatch”.');
    if (match.judgment === 'accepted' || match.judgment === 'hand')
      refuseState('A person has decided this match already.', 'Look at the list again.');
    refuseLocked(context.store, view, [...match.a, ...match.b]);
  }
  const rows = new EventRows(view);
  const referred = matches.map(match => rows.match(match, match.score));
  const word = kind === 'matches-confirmed' ? 'Accepted' : 'Rejected';
  const [first] = matches;
  const title =
    matches.length === 1 && first !== undefined
      ? `${word}: ${matchWords(context.store, first)}`
      : `${word}: ${matches.length} proposals`;
  const body: DecisionStep =
    kind === 'matches-confirmed'
      ? { kind, files: rows.files, matches: referred, above: null }
      : { kind, files: rows.files, matches: referred };
  return record(context, caseId, title, body, { matches: matches.length });
};

const unknownLock = (lock: number): NexusError =>
  new NexusError({
    code: 'reconciliation.lock-unknown',
    category: 'not-found',
    message: `There is no lock of step ${lock} that stands.`,
  });

export const decisionHandlers: Handlers = {
  ...onCommand('reconciliations.confirm', (context, { caseId, matches }) =>
    judge(context, caseId, matches, 'matches-confirmed'),
  ),
  ...onCommand('reconciliations.reject', (context, { caseId, matches }) =>
    judge(context, caseId, matches, 'matches-rejected'),
  ),
  ...onCommand('reconciliations.confirmAbove', (context, { caseId, runId, score }) => {
    const { basis, view } = requireShown(context, caseId);
    if (basis.runId !== runId)
      throw new NexusError({
        code: 'reconciliation.run-again',
        category: 'conflict',
        message: 'The reconciliation was run again meanwhile: what would be confirmed is not what was shown.',
        kept: 'Nothing was confirmed.',
        remedy: 'Look at the list again.',
      });
    const above = view.matches.filter(match => match.judgment === 'suggested' && (match.score ?? -1) >= score);
    const isFree = ({ a, b }: ViewMatch): boolean => ![...a, ...b].some(view.isLocked);
    const confirmed = above.filter(isFree);
    if (confirmed.length === 0)
      throw new NexusError({
        code: 'reconciliation.nothing-above',
        category: 'usage',
        message: `No proposal that can be decided has a score of ${score} or more.`,
        remedy: 'Choose a lower score.',
      });
    const rows = new EventRows(view);
    const matches = confirmed.map(match => rows.match(match, match.score));
    const title = `Accepted: all ${confirmed.length} proposals with a score of ${score} or more`;
    const body: DecisionStep = { kind: 'matches-confirmed', files: rows.files, matches, above: score };
    return {
      ...record(context, caseId, title, body, { matches: confirmed.length, score: String(score) }),
      confirmed: confirmed.length,
      left: above.length - confirmed.length,
    };
  }),
  ...onCommand('reconciliations.match', (context, { caseId, a, b, reason }) => {
    const { basis, view } = requireShown(context, caseId);
    refuseUnmatchable(context.store, view, { a, b });
    refuseLocked(context.store, view, [...a, ...b]);
    const read = (ids: readonly number[]) => ids.map(id => requireRow(context.store, id));
    const { differences, rates } = matchDifference(
      read(a),
      read(b),
      basis.summary.matched?.sign === 'opposite',
      view.state.rates,
    );
    if (differences.length > 0 && reason === '')
      throw new NexusError({
        code: 'reconciliation.reason-needed',
        category: 'usage',
        message: `The two sides leave ${differences.map(({ amount, currency }) => `${amount} ${currency ?? ''}`.trim()).join(' and ')} over.`,
        kept: 'Nothing was matched.',
        remedy: 'Say in a sentence why they belong together all the same; the difference stays shown.',
      });
    const rows = new EventRows(view);
    const match = rows.match({ a, b }, null);
    const title = `Matched by hand: ${matchWords(context.store, { a, b })}`;
    const body: DecisionStep = { kind: 'matched-by-hand', files: rows.files, match, reason, differences, rates };
    return { ...record(context, caseId, title, body, { reason }), differences };
  }),
  ...onCommand('reconciliations.unmatch', (context, { caseId, a, b }) => {
    const { view } = requireShown(context, caseId);
    const match = requireMatch(view, { a, b });
    if (!isMatched(match)) refuseState('A proposal is rejected, not taken apart.', 'Use “Reject”.');
    refuseLocked(context.store, view, [...match.a, ...match.b]);
    const rows = new EventRows(view);
    const referred = rows.match(match, match.score);
    const title = `Taken apart: ${matchWords(context.store, match)}`;
    return record(context, caseId, title, { kind: 'unmatched', files: rows.files, match: referred });
  }),
  ...onCommand('reconciliations.lock', (context, { caseId, from, to, reason }) => {
    const { view } = requireShown(context, caseId);
    const [fromDay, toDay] = [parseIsoDate(from), parseIsoDate(to)];
    if (fromDay === null || toDay === null || fromDay > toDay)
      throw new NexusError({
        code: 'reconciliation.period-invalid',
        category: 'usage',
        message: `${from} to ${to} is no period of the calendar.`,
        remedy: 'The last day must not lie before the first.',
      });
    const within = new Set(
      rowsWithin(
        context.store,
        view.sources.map(({ ordinal }) => ordinal),
        fromDay,
        toDay,
      ),
    );
    if (within.size === 0)
      throw new NexusError({
        code: 'reconciliation.period-empty',
        category: 'usage',
        message: `No row of the case lies between ${from} and ${to}.`,
      });
    const touched = view.matches.filter(
      match => isMatched(match) && [...match.a, ...match.b].some(id => within.has(id)),
    );
    const rows = new EventRows(view);
    const matches = touched.map(match => rows.match(match, match.score));
    const title = `Locked: ${from} to ${to} (${matches.length} matches kept)`;
    const body: DecisionStep = { kind: 'period-locked', files: rows.files, from, to, reason, matches };
    return { ...record(context, caseId, title, body, { from, to, reason }), matches: matches.length };
  }),
  ...onCommand('reconciliations.unlock', (context, { caseId, lock, reason }) => {
    const { view } = requireShown(context, caseId);
    const known = view.state.locks.find(({ seq }) => seq === lock);
    if (known === undefined) throw unknownLock(lock);
    if (reason === '')
      throw new NexusError({
        code: 'reconciliation.reason-needed',
        category: 'usage',
        message: 'A locked period is unlocked only with a reason.',
        remedy: 'Say in a sentence why.',
      });
    return record(
      context,
      caseId,
      `Unlocked: ${known.from} to ${known.to}`,
      { kind: 'period-unlocked', lock, reason },
      { lock, reason },
    );
  }),
  ...onCommand('reconciliations.explain', (context, { caseId, transactionId, proposal, accepted, note }) => {
    const shown = requireShown(context, caseId);
    const words = rowWords(context.store, transactionId);
    refuseLocked(context.store, shown.view, [transactionId]);
    const [leftover] = leftoversOf(context.store, shown, [transactionId]);
    const known = leftover?.proposals.find(({ kind }) => kind === proposal);
    if (leftover === undefined || known === undefined)
      throw new NexusError({
        code: 'reconciliation.proposal-unknown',
        category: 'conflict',
        message: `For ${words} there is no such proposal any more.`,
        remedy: 'Look at the row again.',
      });
    const rows = new EventRows(shown.view);
    const body: DecisionStep = {
      kind: accepted ? 'proposal-accepted' : 'proposal-declined',
      row: rows.row(transactionId),
      files: rows.files,
      proposal,
      text: known.text,
      note,
    };
    return record(context, caseId, `${accepted ? 'Explained' : 'Not explained so'}: ${words}: ${known.text}`, body, {
      note,
    });
  }),
  ...onCommand('reconciliations.addRate', (context, { caseId, base, quote, rate, day, source }) => {
    const { view } = requireShown(context, caseId);
    const all = ratesText([...view.state.rates, { base, quote, rate, day }]);
    const read = parseRates(all);
    if (!read.ok)
      throw new NexusError({
        code: 'reconciliation.rate-invalid',
        category: 'usage',
        message: `The rate cannot be used: ${read.error}.`,
        kept: 'No rate was added.',
        remedy: 'Take the earlier rate back in the history first, or correct the entry.',
      });
    return record(
      context,
      caseId,
      `Rate: 1 ${base} = ${rate} ${quote} from ${day} (${source})`,
      { kind: 'rate-added', base, quote, rate, day, source },
      { base, quote, rate, day, source },
    );
  }),
};
