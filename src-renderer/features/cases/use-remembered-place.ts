import { useEffect } from 'react';
import { skipToken, useChannel } from '../../app/engine/channel-hooks.ts';
import { paths } from '../../app/paths.ts';
import { caseChosen } from '../../app/session.slice.ts';
import { useAppDispatch, useAppSelector } from '../../app/store.ts';

/**
 * Where a person goes on after a sign-in: the case this window had open last, or the list of cases. A remembered case
 * that the workspace does not have (another workspace, an older copy), or that this person may not see, is forgotten
 * without a word. Null while that is not known yet.
 */
export const useRememberedPlace = (isOpen: boolean): string | null => {
  const dispatch = useAppDispatch();
  const caseId = useAppSelector(state => state.session.caseId);
  const read = useChannel('cases.read', isOpen && caseId !== null ? { caseId } : skipToken);
  const isGone = read.error !== undefined;
  useEffect(() => {
    if (isGone) dispatch(caseChosen(null));
  }, [dispatch, isGone]);
  if (caseId === null) return paths.cases;
  return read.currentData === undefined ? null : paths.caseHome(caseId);
};
