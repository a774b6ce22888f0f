import { useEffect } from 'react';
import { Outlet } from 'react-router';
import { skipToken, useChannel } from '../../app/engine/channel-hooks.ts';
import { caseChosen } from '../../app/session.slice.ts';
import { useAppDispatch } from '../../app/store.ts';
import { ErrorState } from '../../components/ErrorState.tsx';
import { useCaseId } from './use-case-id.ts';

/** Makes the case of the address the current one, and says so where there is no such case. */
export const CaseLayout = () => {
  const caseId = useCaseId();
  const dispatch = useAppDispatch();
  const read = useChannel('cases.read', caseId === '' ? skipToken : { caseId });
  const missing = read.error?.category === 'not-found' || read.error?.category === 'usage';
  useEffect(() => {
    dispatch(caseChosen(missing ? null : caseId));
  }, [dispatch, caseId, missing]);
  return missing && read.error !== undefined ? <ErrorState error={read.error} /> : <Outlet key={caseId} />;
};
