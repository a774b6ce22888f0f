import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChannelAnswer } from '../../../src-main/contract/index.ts';
import { useChannel, useCommand } from '../../app/engine/channel-hooks.ts';
import { ChannelView } from '../../components/ChannelView.tsx';
import { DefinitionList } from '../../components/DefinitionList.tsx';
import { ErrorState } from '../../components/ErrorState.tsx';
import { instantText } from '../../components/measure-text.ts';
import { Panel } from '../../components/Panel.tsx';
import { StatusTag } from '../../components/StatusTag.tsx';
import { CodesOnce } from './CodesOnce.tsx';
import { EnrolDialog } from './EnrolDialog.tsx';
import styles from './Identity.module.css';

type Enrolment = ChannelAnswer<'factors.enrol'>;

/** One-time codes and recovery codes: what there is, begin, renew, end. */
export const FactorsPanel = () => {
  const { t } = useTranslation();
  const factors = useChannel('factors.read', {});
  const [enrol, enrolling] = useCommand('factors.enrol');
  const [renew, renewing] = useCommand('factors.renewCodes');
  const [disable, disabling] = useCommand('factors.disable');
  const [enrolment, setEnrolment] = useState<Enrolment | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const error = enrolling.error ?? renewing.error ?? disabling.error;
  const begin = async (): Promise<void> => setEnrolment((await enrol({})).data ?? null);
  const renewCodes = async (): Promise<void> => setCodes((await renew({})).data?.recoveryCodes ?? null);
  return (
    <Panel title={t('security.factors.title')}>
      <ChannelView of={factors}>
        {({ totp, recoveryCodesLeft, notice }) => {
          const confirmedAt = totp?.confirmedAt ?? null;
          return (
            <div className={styles.form}>
              {confirmedAt === null ? (
                <StatusTag tone="unknown">{t('security.factors.off')}</StatusTag>
              ) : (
                <>
                  <StatusTag tone="good">{t('security.factors.on')}</StatusTag>
                  <DefinitionList
                    entries={[
                      [t('security.factors.since'), instantText(confirmedAt)],
                      [t('security.factors.codesLeft'), t('count', { count: recoveryCodesLeft })],
                      [t('security.factors.triesLeft'), t('count', { count: totp?.triesLeft ?? 0 })],
                    ]}
                  />
                </>
              )}
              <p className={styles.hint}>{notice}</p>
              {error === undefined ? null : <ErrorState error={error} />}
              <div className={styles.actions}>
                <Button
                  variant={confirmedAt === null ? 'filled' : 'default'}
                  loading={enrolling.isLoading}
                  onClick={() => void begin()}
                >
                  {t(confirmedAt === null ? 'security.factors.enrol' : 'security.factors.enrolAnew')}
                </Button>
                {confirmedAt === null ? null : (
                  <>
                    <Button variant="default" loading={renewing.isLoading} onClick={() => void renewCodes()}>
                      {t('security.factors.renew')}
                    </Button>
                    <Button
                      variant="default"
                      color="red"
                      loading={disabling.isLoading}
                      onClick={() => void disable({})}
                    >
                      {t('security.factors.disable')}
                    </Button>
                  </>
                )}
              </div>
            </div>
          );
        }}
      </ChannelView>
      {enrolment === null ? null : (
        <EnrolDialog
          enrolment={enrolment}
          onClose={() => setEnrolment(null)}
          onConfirmed={shown => {
            setEnrolment(null);
            setCodes(shown);
          }}
        />
      )}
      {codes === null ? null : <CodesOnce codes={codes} onClose={() => setCodes(null)} />}
    </Panel>
  );
};
