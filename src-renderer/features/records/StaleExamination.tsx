import { Button } from '@mantine/core';
import { IconRefreshAlert } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useCancelJob, useJob } from '../../app/engine/job-hooks.ts';
import { usePermission } from '../../app/use-permission.ts';
import { ErrorState } from '../../components/ErrorState.tsx';
import { ProgressState } from '../../components/ProgressState.tsx';
import styles from './Duplicates.module.css';

/** Says that what was decided is not in the examination's figures yet, and runs it again. */
export const StaleExamination = ({ caseId }: { readonly caseId: string }) => {
  const { t } = useTranslation();
  const mayRun = usePermission('detection.run');
  const examine = useJob('examinations.run');
  const cancel = useCancelJob();
  if (examine.job !== undefined) return <ProgressState job={examine.job} onCancel={cancel} />;
  return (
    <div className={styles.stale} role="status">
      <IconRefreshAlert size={18} aria-hidden />
      <span>{t('duplicates.stale')}</span>
      {mayRun ? (
        <Button
          size="compact-sm"
          variant="default"
          loading={examine.starting}
          onClick={() => void examine.start({ caseId })}
        >
          {t('steps.examine.again')}
        </Button>
      ) : null}
      {examine.error === undefined ? null : <ErrorState error={examine.error} />}
    </div>
  );
};
