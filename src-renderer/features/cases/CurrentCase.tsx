import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { paths } from '../../app/paths.ts';
import { useAppSelector } from '../../app/store.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';

interface CurrentCaseProps {
  readonly title: string;
  readonly children: (caseId: string) => ReactNode;
}

/** For the seed's routes, which name no case: takes the current one, or asks for it. */
export const CurrentCase = ({ title, children }: CurrentCaseProps) => {
  const { t } = useTranslation();
  const caseId = useAppSelector(state => state.session.caseId);
  if (caseId !== null) return children(caseId);
  return (
    <>
      <PageHeader title={title} />
      <EmptyState
        kind="no-data"
        title={t('empty.noCase.title')}
        action={
          <Button component={Link} to={paths.cases}>
            {t('empty.noCase.action')}
          </Button>
        }
      >
        {t('empty.noCase.text')}
      </EmptyState>
    </>
  );
};
