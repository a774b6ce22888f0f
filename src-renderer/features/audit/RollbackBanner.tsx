import { Button, Modal, Textarea } from '@mantine/core';
import { IconHistoryToggle } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ChannelAnswer } from '../../../src-main/contract/index.ts';
import { useChannel, useCommand } from '../../app/engine/channel-hooks.ts';
import { paths } from '../../app/paths.ts';
import { usePermission } from '../../app/use-permission.ts';
import { ErrorState } from '../../components/ErrorState.tsx';
import { instantText } from '../../components/measure-text.ts';
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
  const [reason, setReason] = useState('');
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const { data } = await accept({ reason: reason.trim() });
    if (data === undefined) return;
    onClose();
    status.refetch();
  };
  return (
    <Modal opened onClose={onClose} title={t('audit.rollback.dialog')} closeButtonProps={{ 'aria-label': t('close') }}>
      <form className={styles.dialog} onSubmit={event => void submit(event)}>
        <p>{t('audit.rollback.lead')}</p>
        <Textarea
          label={t('audit.rollback.reason')}
          description={t('audit.rollback.reasonHint')}
          value={reason}
          onChange={event => setReason(event.currentTarget.value)}
          required
          autosize
          minRows={3}
          maxLength={1000}
          data-autofocus
        />
        {error === undefined ? null : <ErrorState error={error} />}
        <Button type="submit" loading={isLoading} disabled={reason.trim().length < SHORTEST_REASON}>
          {t('audit.rollback.accept')}
        </Button>
      </form>
    </Modal>
  );
};
