import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { SourceSummary } from '../../../src-main/contract/imports.contract.ts';
import { useChannel } from '../../app/engine/channel-hooks.ts';
import { paths } from '../../app/paths.ts';
import { usePermission } from '../../app/use-permission.ts';
import { CountButton } from '../../components/CountButton.tsx';
import { Digest } from '../../components/Digest.tsx';
import { FactTable } from '../../components/FactTable.tsx';
import { byteText, instantText } from '../../components/measure-text.ts';
import styles from './Custody.module.css';

type Original = Pick<SourceSummary, 'id' | 'name'>;

interface OriginalsTableProps {
  readonly caseId: string;
  readonly sources: readonly SourceSummary[];
  readonly onTransfer: (source: Original) => void;
  readonly onExport: (source: Original) => void;
}

/** The sealed originals of a case; a number opens the ledger of that one. */
export const OriginalsTable = ({ caseId, sources, onTransfer, onExport }: OriginalsTableProps) => {
  const { t } = useTranslation();
  const mayTransfer = usePermission('custody.transfer');
  return (
    <FactTable
      caption={t('custody.originals')}
      rows={sources}
      rowKey={({ id }) => id}
      columns={[
        {
          key: 'name',
          head: t('custody.name'),
          cell: ({ id, name }) => <Link to={paths.source(caseId, id)}>{name}</Link>,
        },
        { key: 'bytes', head: t('certificate.bytes'), numeric: true, cell: ({ bytes }) => byteText(bytes) },
        {
          key: 'digest',
          head: t('custody.digest'),
          cell: ({ name, sha256 }) => <Digest value={sha256} label={name} />,
        },
        {
          key: 'imported',
          head: t('certificate.imported'),
          nowrap: true,
          cell: ({ importedAt }) => <span className="nx-number">{instantText(importedAt)}</span>,
        },
        {
          key: 'events',
          head: t('custody.events'),
          numeric: true,
          cell: ({ id, name }) => <EventCount caseId={caseId} sourceId={id} name={name} />,
        },
        ...(mayTransfer
          ? [
              {
                key: 'acts',
                head: t('custody.acts'),
                nowrap: true,
                cell: ({ id, name }: SourceSummary) => (
                  <span className={styles.acts}>
                    <Button
                      size="compact-xs"
                      variant="default"
                      aria-label={t('custody.export.openOf', { name })}
                      onClick={() => onExport({ id, name })}
                    >
                      {t('custody.export.open')}
                    </Button>
                    <Button
                      size="compact-xs"
                      variant="default"
                      aria-label={t('custody.transfer.openOf', { name })}
                      onClick={() => onTransfer({ id, name })}
                    >
                      {t('custody.transfer.open')}
                    </Button>
                  </span>
                ),
              },
            ]
          : []),
      ]}
    />
  );
};

interface EventCountProps {
  readonly caseId: string;
  readonly sourceId: string;
  readonly name: string;
}
const EventCount = ({ caseId, sourceId, name }: EventCountProps) => {
  const { t } = useTranslation();
  const ledger = useChannel('custody.list', { caseId, sourceId, limit: 1 });
  if (ledger.data === undefined) return '…';
  return (
    <CountButton
      count={ledger.data.total}
      to={paths.custody(caseId, sourceId)}
      label={t('custody.eventsOf', { name })}
    />
  );
};
