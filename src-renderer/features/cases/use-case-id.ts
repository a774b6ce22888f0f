import { useParams } from 'react-router';

/** The case in the address of a screen under /cases/:caseId. */
export const useCaseId = (): string => {
  const { caseId } = useParams();
  if (caseId === undefined) throw new Error('useCaseId needs a route with :caseId');
  return caseId;
};
