import { CloseButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ChannelResult } from '../../../src-main/contract/index.ts';
import { DefinitionList } from '../../components/DefinitionList.tsx';
import { Digest } from '../../components/Digest.tsx';
import { FactTable } from '../../components/FactTable.tsx';
import { instantText } from '../../components/measure-text.ts';
import { Panel } from '../../components/Panel.tsx';
import { StatusTag } from '../../components/StatusTag.tsx';
import styles from './Audit.module.css';

interface VerificationProps {
  readonly result: ChannelResult<'audits.verify'>;
  readonly onClose: () => void;
}

/** What a verification found: the verdict, what it rests on, and every problem with its place. */
export const Verification = ({ result, onClose }: VerificationProps) => {
  const { t } = useTranslation();
  const { highWater, stationCheckpoint, tags } = result;
  return (
    <Panel
      title={t('audit.result')}
      actions={<CloseButton size="sm" aria-label={t('audit.closeResult')} onClick={onClose} />}
    >
      <div role="status" className={styles.verdict}>
        <StatusTag tone={result.ok ? 'good' : 'bad'}>{t(result.ok ? 'audit.ok' : 'audit.broken')}</StatusTag>
      </div>
      <div className={styles.verified}>
        <DefinitionList
          entries={[
            [t('audit.entries'), t('count', { count: result.entries })],
            [t('audit.root'), <Digest key="r" value={result.root} label={t('audit.root')} full />],
            [
              t('audit.evidence'),
              t('audit.evidenceOf', { count: result.evidence.files, mismatched: result.evidence.mismatched.length }),
            ],
          ]}
        />
        <DefinitionList
          entries={[
            [
              t('audit.checkpoints'),
              t('audit.checkpointsOf', { count: result.checkpoints, verified: result.checkpointsVerified }),
            ],
            [
              t('audit.signed'),
              stationCheckpoint === null
                ? t('audit.neverSigned')
                : t('audit.signedAt', { count: stationCheckpoint.size, at: instantText(stationCheckpoint.at) }),
            ],
            [
              t('audit.highWater'),
              highWater === null
                ? t('audit.noHighWater')
                : t(highWater.holds ? 'audit.highWaterHolds' : 'audit.highWaterBroken', {
                    count: highWater.size,
                    at: instantText(highWater.at),
                  }),
            ],
            [t('audit.tags'), t(`audit.tagsWith.${tags.with}`, { count: tags.checked })],
            [t('audit.unwitnessed'), t('count', { count: result.unwitnessed })],
          ]}
        />
      </div>
      {result.problems.length === 0 ? null : (
        <FactTable
          caption={t('audit.problems')}
          showCaption
          rows={result.problems.map((problem, place) => ({ ...problem, place }))}
          rowKey={problem => String(problem.place)}
          columns={[
            { key: 'where', head: t('audit.where'), cell: problem => problem.where },
            { key: 'message', head: t('audit.problem'), cell: problem => problem.message },
            { key: 'code', head: t('source.code'), cell: problem => <code className="nx-mono">{problem.code}</code> },
          ]}
        />
      )}
    </Panel>
  );
};
