import type { NexusErrorData } from '../../contract/errors.ts';
import { NexusError } from '../../contract/errors.ts';
import type { NexusEvent } from '../../contract/events.ts';
import type { ChannelName } from '../../contract/index.ts';
import { contract, isChannelName } from '../../contract/index.ts';
import type { JobView } from '../../contract/jobs.contract.ts';
import { seesAccountNumbers } from '../../features/identity/domain/policy.ts';
import type { OpenWorkspace } from '../open-workspace.ts';
import type { OpenedSession } from '../session.ts';
import { AccountMask } from './account-mask.ts';
import { maskAnswer } from './masked-output.ts';
import { refusal } from './refusals.ts';

/**
 * Channels about records: their texts may hold account numbers, and so may the names of cases, which supervisors are told
 * as well. Own files, passwords and accounts of people are none.
 */
const OF_RECORDS = /^(case|evidence|finding|detection|report|audit|custody)\./;

const MASKED_NOTICE =
  '<p role="note"><strong>Account numbers are masked in this copy: the point of view it was opened from does not show them. Its digest is therefore not the one in the log.</strong></p>';

/**
 * The way in and out for those who may not see account numbers: every answer, refusal and event about records passes
 * here, so that lists, searches, findings, graphs, reports and exports are masked alike.
 */
export class MaskingGate {
  private readonly masks = new WeakMap<OpenWorkspace, AccountMask>();

  /** An input as the handler is to take it. Throws `masking.search-refused`, `masking.format-refused`. */
  input<T>(opened: OpenedSession | null, channel: ChannelName, input: T): T {
    if (opened === null || !masks(opened, channel)) return input;
    const mask = this.maskOf(opened.workspace);
    const given = input as Readonly<Record<string, unknown>>;
    // Digit by digit a search would tell what the mask hides, in whatever script they are typed.
    if (searchesDigits(input))
      throw refusal(
        'masking',
        'masking.search-refused',
        'Account numbers are masked for this point of view: a search may not hold digits.',
        'Search by a name, or take another point of view.',
      );
    if (channel === 'reports.read' && given.format === 'pdf')
      throw refusal(
        'masking',
        'masking.format-refused',
        'The PDF shows account numbers, which this point of view does not.',
        'Open the report as HTML, in which they are masked.',
      );
    return mapTexts(input, text => mask.unmask(text)) as T;
  }

  /** An answer, or a job's result, as the session may see it. */
  output(opened: OpenedSession | null, channel: ChannelName, output: unknown): unknown {
    if (opened === null) return output;
    if (channel === 'jobs.read') return this.jobView(opened, output as JobView);
    if (channel === 'jobs.list') {
      const { jobs } = output as { readonly jobs: readonly JobView[] };
      return { jobs: jobs.map(view => this.jobView(opened, view)) };
    }
    if (!masks(opened, channel)) return output;
    const mask = this.maskOf(opened.workspace);
    const masked = maskAnswer(contract[channel].output, output, text => mask.mask(text));
    if (channel !== 'reports.read') return masked;
    const report = masked as { readonly content: string };
    return { ...report, content: report.content.replace(/<body[^>]*>/, body => `${body}${MASKED_NOTICE}`) };
  }

  /** An event as the session may see it: a job's result passes as the answer of its channel would. */
  event(opened: OpenedSession | null, event: NexusEvent): NexusEvent {
    if (opened === null) return event;
    switch (event.name) {
      case 'job.started':
      case 'job.progressed':
      case 'job.finished':
        return { name: event.name, payload: this.jobView(opened, event.payload) };
      default:
        return event;
    }
  }

  /** A refusal as the session may read it: what it quotes is masked as well. */
  error(opened: OpenedSession | null, channel: ChannelName, error: unknown): unknown {
    if (opened === null || !masks(opened, channel) || !(error instanceof NexusError)) return error;
    return new NexusError(this.errorData(opened.workspace, error.data));
  }

  private jobView(opened: OpenedSession, view: JobView): JobView {
    const { channel, result, error } = view;
    if (!isChannelName(channel) || !masks(opened, channel)) return view;
    const mask = this.maskOf(opened.workspace);
    return {
      ...view,
      // Both may quote a file's name.
      title: mask.mask(view.title),
      stage: mask.mask(view.stage),
      ...(result === undefined ? {} : { result: this.output(opened, channel, result) }),
      ...(error === undefined || error === null
        ? {}
        : { error: this.errorData(opened.workspace, error as NexusErrorData) }),
    };
  }

  private errorData(workspace: OpenWorkspace, { code, category, ...said }: NexusErrorData): NexusErrorData {
    const mask = this.maskOf(workspace);
    return { code, category, ...(mapTexts(said, text => mask.mask(text)) as typeof said) };
  }

  private maskOf(workspace: OpenWorkspace): AccountMask {
    let mask = this.masks.get(workspace);
    if (mask === undefined) {
      mask = new AccountMask(workspace);
      this.masks.set(workspace, mask);
    }
    return mask;
  }
}

const masks = ({ account, pov }: OpenedSession, channel: ChannelName): boolean =>
  (OF_RECORDS.test(contract[channel].permission) || channel.startsWith('cases.')) && !seesAccountNumbers(account, pov);

/** True where a text to search for, at whatever depth, holds a digit. */
const searchesDigits = (value: unknown): boolean => {
  if (Array.isArray(value)) return value.some(searchesDigits);
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([name, member]) =>
    name === 'text' && typeof member === 'string' ? /\p{N}/u.test(member) : searchesDigits(member),
  );
};

const mapTexts = (value: unknown, map: (text: string) => string): unknown => {
  if (typeof value === 'string') return map(value);
  if (Array.isArray(value)) return value.map(item => mapTexts(item, map));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, mapTexts(member, map)]));
};
