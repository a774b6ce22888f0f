import { Button, SegmentedControl } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { RISK_LEVELS, type RiskLevel } from '../../../src-main/contract/risk.contract.ts';
import { useChannel } from '../../app/engine/channel-hooks.ts';
import { paths } from '../../app/paths.ts';
import { usePermission } from '../../app/use-permission.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { useCaseId } from '../cases/use-case-id.ts';
import styles from './Risk.module.css';
import { RiskList } from './RiskList.tsx';

/** Transactions, accounts and parties in the order in which they ask for attention, with what each score is made of. */
export const RiskPage = () => {
  const { t } = useTranslation();
  const caseId = useCaseId();
  const mayRead = usePermission('finding.read');
  const status = useChannel('workspaces.status', {});
  const [search, setSearch] = useSearchParams();
  const level: RiskLevel = RISK_LEVELS.find(known => known === search.get('level')) ?? 'party';
  if (!mayRead)
    return (
      <>
        <PageHeader title={t('risk.title')} />
        {status.data === undefined ? null : <EmptyState kind="no-permission" title={t('empty.noPermission.title')} />}
      </>
    );
  return (
    <div className={styles.page}>
      <PageHeader
        title={t('risk.title')}
        description={t('risk.description')}
        actions={
          <Button component={Link} to={paths.typologies(caseId)} variant="default">
            {t('typologies.title')}
          </Button>
        }
      />
      <div className={styles.bar}>
        <SegmentedControl
          size="xs"
          aria-label={t('risk.level')}
          value={level}
          onChange={value => setSearch({ level: value }, { replace: true })}
          data={RISK_LEVELS.map(value => ({ value, label: t(`risk.levels.${value}`) }))}
        />
      </div>
      <RiskList key={level} caseId={caseId} level={level} />
    </div>
  );
};
