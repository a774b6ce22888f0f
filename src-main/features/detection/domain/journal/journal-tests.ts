import type { ForensicTest } from '../forensic-test.ts';
import { journalKeyword } from './journal-keyword.ts';
import { journalManual } from './journal-manual.ts';
import { journalNoDescription } from './journal-no-description.ts';
import { journalPostClose } from './journal-post-close.ts';
import { journalReversal } from './journal-reversal.ts';
import { journalRoundOrConstantEnding } from './journal-round-or-constant-ending.ts';
import { journalSeldomUsedAccount } from './journal-seldom-used-account.ts';
import { journalUnbalanced } from './journal-unbalanced.ts';
import { journalUnusualAccountPair } from './journal-unusual-account-pair.ts';
import { journalUnusualPoster } from './journal-unusual-poster.ts';

/** What ISA 240 (AU-C 240.A49) wants looked at in journal entries. */
export const JOURNAL_TESTS: readonly ForensicTest[] = [
  journalUnusualAccountPair,
  journalSeldomUsedAccount,
  journalUnusualPoster,
  journalPostClose,
  journalNoDescription,
  journalRoundOrConstantEnding,
  journalReversal,
  journalUnbalanced,
  journalManual,
  journalKeyword,
];
