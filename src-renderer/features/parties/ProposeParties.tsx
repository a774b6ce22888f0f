import { Button } from '@mantine/core';
import { IconUserSearch } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useCancelJob, useJob } from '../../app/engine/job-hooks.ts';
import { usePermission } from '../../app/use-permission.ts';
import { ErrorState } from '../../components/ErrorState.tsx';
import { ProgressState } from '../../components/ProgressState.tsx';

interface ProposePartiesProps {
  readonly caseId: string;
  readonly again: boolean;
}

/** Starts the search for parties that are the same, and shows how far it is. */
export const ProposeParties = ({ caseId, again }: ProposePartiesProps) => {
  const { t } = useTranslation();
  const mayRun = usePermission('detection.run');
  const propose = useJob('parties.propose');
  const cancel = useCancelJob();
  if (propose.job !== undefined) return <ProgressState job={propose.job} onCancel={cancel} />;
  if (!mayRun) return again ? null : <span>{t('parties.propose.readOnly')}</span>;
  return (
    <>
      <Button
        size={again ? 'compact-sm' : 'sm'}
        variant={again ? 'default' : 'filled'}
        loading={propose.starting}
        leftSection={<IconUserSearch size={16} aria-hidden />}
        onClick={() => void propose.start({ caseId })}
      >
        {t(again ? 'parties.propose.again' : 'parties.propose.action')}
      </Button>
      {propose.error === undefined ? null : <ErrorState error={propose.error} />}
    </>
  );
};
