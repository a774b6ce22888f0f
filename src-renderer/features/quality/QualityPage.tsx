import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useChannel } from '../../app/engine/channel-hooks.ts';
import { paths } from '../../app/paths.ts';
import { usePermission } from '../../app/use-permission.ts';
import { ChannelView } from '../../components/ChannelView.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { CurrentCase } from '../cases/CurrentCase.tsx';
import { Dimensions } from './Dimensions.tsx';
import { FieldStatistics } from './FieldStatistics.tsx';
import styles from './Quality.module.css';
import { Rules } from './Rules.tsx';
import { Trend } from './Trend.tsx';

export const QualityPage = () => {
  const { t } = useTranslation();
  return <CurrentCase title={t('quality.title')}>{caseId => <Quality caseId={caseId} />}</CurrentCase>;
};

/** How far the data can be trusted: one score, its dimensions, every rule with what failed it, every field in figures. */
const Quality = ({ caseId }: { readonly caseId: string }) => {
  const { t } = useTranslation();
  const mayReadEvidence = usePermission('evidence.read');
  const read = useChannel('examinations.read', { caseId });
  return (
    <>
      <PageHeader title={t('quality.title')} description={t('quality.description')} />
      <div className={styles.stack}>
        <ChannelView of={read} lines={8}>
          {examination =>
            examination === null ? (
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
            ) : (
              <>
                <Dimensions quality={examination.quality} />
                <Trend caseId={caseId} />
                <Rules caseId={caseId} quality={examination.quality} />
              </>
            )
          }
        </ChannelView>
        {mayReadEvidence ? <FieldStatistics caseId={caseId} /> : null}
      </div>
    </>
  );
};
