import { Button } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { IconAlertHexagon, IconCheck, IconCopy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { NexusErrorData } from '../../src-main/contract/errors.ts';
import { errorDetails, errorParts } from '../app/error-parts.ts';
import { EmptyState } from './EmptyState.tsx';
import styles from './ErrorState.module.css';

interface ErrorStateProps {
  readonly error: NexusErrorData;
  readonly onRetry?: (() => void) | undefined;
}

/** An error in four parts: what failed, where, what was kept, what to do next. A missing right is no error but a state. */
export const ErrorState = ({ error, onRetry }: ErrorStateProps) => {
  const { t } = useTranslation();
  const clipboard = useClipboard();
  const parts = errorParts(error);
  if (error.code === 'permission.denied')
    return (
      <EmptyState kind="no-permission" title={t('empty.noPermission.title')}>
        {[error.message, error.remedy].filter(part => part !== undefined).join('. ')}
      </EmptyState>
    );
  return (
    <div className={styles.error} role="alert">
      <IconAlertHexagon size={20} aria-hidden className={styles.icon} />
      <div className={styles.body}>
        <p className={styles.what}>{parts.what}</p>
        <dl className={styles.parts}>
          {parts.file === null && parts.row === null ? null : (
            <>
              <dt>{t('errors.where')}</dt>
              <dd>
                {[parts.file, parts.row === null ? null : t('errors.row', { row: parts.row })]
                  .filter(part => part !== null)
                  .join(', ')}
              </dd>
            </>
          )}
          {parts.kept === null ? null : (
            <>
              <dt>{t('errors.kept')}</dt>
              <dd>{parts.kept}</dd>
            </>
          )}
          {parts.remedy === null ? null : (
            <>
              <dt>{t('errors.next')}</dt>
              <dd>{parts.remedy}</dd>
            </>
          )}
        </dl>
        <div className={styles.actions}>
          {onRetry === undefined ? null : (
            <Button size="compact-sm" variant="default" onClick={onRetry}>
              {t('errors.retry')}
            </Button>
          )}
          <Button
            size="compact-sm"
            variant="subtle"
            leftSection={clipboard.copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
            onClick={() => clipboard.copy(errorDetails(error))}
          >
            {clipboard.copied ? t('errors.copied') : t('errors.copy')}
          </Button>
          <code className={`${styles.code} nx-mono`}>{parts.code}</code>
        </div>
      </div>
    </div>
  );
};
