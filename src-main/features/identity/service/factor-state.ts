import type { ReadStore } from '../../../platform/store.ts';
import { factorOf } from '../storage/factor.repository.ts';

/** True for an account with confirmed one-time codes: its sessions begin with the second step due. */
export const needsSecondStep = (store: ReadStore, accountId: string): boolean =>
  (factorOf(store, accountId)?.confirmed_at ?? null) !== null;
