import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { useChannel } from '../../app/engine/channel-hooks.ts';
import { paths } from '../../app/paths.ts';
import { ChannelView } from '../../components/ChannelView.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { useCaseId } from '../cases/use-case-id.ts';
import { RejectedPanel } from './RejectedPanel.tsx';
import styles from './Sources.module.css';

/** Every record that was kept but could not be read, source by source. */
export const RejectedPage = () => {
  const { t } = useTranslation();
  const caseId = useCaseId();
  const [search] = useSearchParams();
  const only = search.get('sourceId');
  const side = search.get('side');
  const sources = useChannel('sources.list', { caseId });
  return (
    <>
      <PageHeader
        title={t('rejected.title')}
        description={t('rejected.description')}
        actions={
          only === null && side === null ? undefined : (
            <Button component={Link} to={paths.rejected(caseId)} variant="default">
              {t('rejected.all')}
            </Button>
          )
        }
      />
      <ChannelView of={sources}>
        {data => {
          const withRejects = data.sources.filter(
            source =>
              source.rejected > 0 &&
              // What is set aside counts nowhere, and shows its records only when it is asked for by itself.
              (only === null ? source.state !== 'set-aside' : source.id === only) &&
              (side === null || source.side === side),
          );
          if (withRejects.length === 0)
            return (
              <EmptyState kind="no-data" title={t('rejected.none.title')}>
                {t('rejected.none.text')}
              </EmptyState>
            );
          return (
            <div className={styles.stack}>
              {withRejects.map(source => (
                <RejectedPanel key={source.id} title={source.name} sourceId={source.id} name={source.name} />
              ))}
            </div>
          );
        }}
      </ChannelView>
    </>
  );
};
