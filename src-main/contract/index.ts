import type { z } from 'zod';
import { auditsContract } from './audits.contract.ts';
import { casesContract } from './cases.contract.ts';
import type { ChannelEntry } from './channel.ts';
import { examinationsContract } from './examinations.contract.ts';
import { findingsContract } from './findings.contract.ts';
import { importsContract } from './imports.contract.ts';
import { jobsContract } from './jobs.contract.ts';
import { reconciliationsContract } from './reconciliations.contract.ts';
import { reportsContract } from './reports.contract.ts';
import { testsContract } from './tests.contract.ts';
import { transactionsContract } from './transactions.contract.ts';
import { workspacesContract } from './workspaces.contract.ts';

/** THE contract: every channel, merged. A new channel is an entry here and a handler in its feature. */
export const contract = {
  ...workspacesContract,
  ...casesContract,
  ...importsContract,
  ...transactionsContract,
  ...examinationsContract,
  ...reconciliationsContract,
  ...testsContract,
  ...findingsContract,
  ...reportsContract,
  ...auditsContract,
  ...jobsContract,
} satisfies Record<string, ChannelEntry>;

export type Contract = typeof contract;
export type ChannelName = keyof Contract;
export type ChannelInput<C extends ChannelName> = z.input<Contract[C]['input']>;
/** What `invoke` answers: a job answers its id; its result is ChannelResult. */
export type ChannelAnswer<C extends ChannelName> = Contract[C]['kind'] extends 'job'
  ? { readonly jobId: string }
  : z.output<Contract[C]['output']>;
export type ChannelResult<C extends ChannelName> = z.output<Contract[C]['output']>;

export const isChannelName = (name: string): name is ChannelName => Object.hasOwn(contract, name);
