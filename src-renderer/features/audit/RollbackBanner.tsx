import { Button } from '@mantine/core';
import { IconHistoryToggle } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ChannelAnswer } from '../../../src-main/contract/index.ts';
import { useChannel, useCommand } from '../../app/engine/channel-hooks.ts';
import { paths } from '../../app/paths.ts';
import { usePermission } from '../../app/use-permission.ts';
import { instantText } from '../../components/measure-text.ts';
import { ReasonDialog } from '../../components/ReasonDialog.tsx';
import styles from './RollbackBanner.module.css';

type Anchor = NonNullable<ChannelAnswer<'workspaces.status'>['anchor']>;

const SHORTEST_REASON = 10;

/** Says on every screen that the store is not the newest this station knows of, and lets a supervisor decide. */
export const RollbackBanner = () => {
  const anchor = useChannel('workspaces.status', {}).data?.anchor ?? null;
  return anchor === null ? null : <Banner anchor={anchor} />;
};

const Banner = ({ anchor }: { readonly anchor: Anchor }) => {
  const { t } = useTranslation();
  const mayDecide = usePermission('account.manage');
  const mayRead = usePermission('audit.read');
  const [deciding, setDeciding] = useState(false);
  const { code, storeSize, markSize } = anchor;
  const held = code !== 'anchor.not-kept';
  const markedAt = instantText(anchor.markedAt);
  return (
    <section className={styles.banner} role="alert" data-held={held}>
      <IconHistoryToggle size={20} aria-hidden />
      <div className={styles.words}>
        <strong>{t(`audit.rollback.title.${code}`)}</strong>
        {held ? (
          <p className="nx-number">
            {t(storeSize === markSize ? 'audit.rollback.sizesSame' : 'audit.rollback.sizes', {
              storeSize,
              markSize,
              markedAt,
            })}
          </p>
        ) : null}
        {code === 'store.older-than-anchor' ? null : <p>{anchor.message}</p>}
        <p>
          {t(held ? 'audit.rollback.means' : 'audit.rollback.notKept')}{' '}
          {held && !mayDecide ? t('audit.rollback.ask') : null}
        </p>
      </div>
      <div className={styles.actions}>
        {mayRead ? (
          <Button component={Link} to={paths.workspaceAudit()} size="xs" variant="default">
            {t('audit.rollback.verify')}
          </Button>
        ) : null}
        {held && mayDecide ? (
          <Button size="xs" onClick={() => setDeciding(true)}>
            {t('audit.rollback.decide')}
          </Button>
        ) : null}
      </div>
      {deciding ? <Decision onClose={() => setDeciding(false)} /> : null}
    </section>
  );
};

const Decision = ({ onClose }: { readonly onClose: () => void }) => {
  const { t } = useTranslation();
  const [accept, { isLoading, error }] = useCommand('audits.acceptRollback');
  const status = useChannel('workspaces.status', {});
  const send = async (reason: string): Promise<void> => {
    const { data } = await accept({ reason });
    if (data === undefined) return;
    onClose();
    status.refetch();
  };
  return (
    <ReasonDialog
      title={t('audit.rollback.dialog')}
      lead={t('audit.rollback.lead')}
      label={t('audit.rollback.reason')}
      hint={t('audit.rollback.reasonHint')}
      act={t('audit.rollback.accept')}
      shortest={SHORTEST_REASON}
      longest={1000}
      busy={isLoading}
      error={error}
      onSend={reason => void send(reason)}
      onClose={onClose}
    />
  );
};
