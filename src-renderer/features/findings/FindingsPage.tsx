import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useChannel } from '../../app/engine/channel-hooks.ts';
import { paths } from '../../app/paths.ts';
import { usePermission } from '../../app/use-permission.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { useCaseId } from '../cases/use-case-id.ts';
import { TriageQueue } from './TriageQueue.tsx';

/** The queue of findings with the evidence of the chosen one always open beside it. */
export const FindingsPage = () => {
  const { t } = useTranslation();
  const caseId = useCaseId();
  const mayRead = usePermission('finding.read');
  const read = useChannel('cases.read', { caseId });
  const notRun = read.data !== undefined && read.data.examination === null;
  if (!mayRead && read.data !== undefined)
    return (
      <>
        <PageHeader title={t('findings.title')} />
        <EmptyState kind="no-permission" title={t('empty.noPermission.title')} />
      </>
    );
  if (notRun)
    return (
      <>
        <PageHeader title={t('findings.title')} />
        <EmptyState
          kind="not-run"
          title={t('empty.notRun.title')}
          action={
            <Button component={Link} to={paths.caseHome(caseId)}>
              {t('empty.notRun.action')}
            </Button>
          }
        >
          {t('empty.notRun.text')}
        </EmptyState>
      </>
    );
  return <TriageQueue key={caseId} caseId={caseId} />;
};
