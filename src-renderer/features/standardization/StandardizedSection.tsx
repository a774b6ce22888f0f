import { Badge, Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ChannelAnswer } from '../../../src-main/contract/index.ts';
import { useChannel } from '../../app/engine/channel-hooks.ts';
import { paths } from '../../app/paths.ts';
import { usePermission } from '../../app/use-permission.ts';
import { ChannelView } from '../../components/ChannelView.tsx';
import { FactTable } from '../../components/FactTable.tsx';
import { OriginTag } from './OriginTag.tsx';
import { SetCategory } from './SetCategory.tsx';
import styles from './StandardizedSection.module.css';
import { StandardizedValue, ValueReason } from './StandardizedValue.tsx';

type Row = ChannelAnswer<'standardization.row'>;

interface StandardizedSectionProps {
  readonly caseId: string;
  readonly detail: ChannelAnswer<'transactions.read'>;
  readonly onOpen: (transactionId: number) => void;
}

/** One transaction's values beside the originals, and what a person may decide of it. */
export const StandardizedSection = ({ caseId, detail, onOpen }: StandardizedSectionProps) => {
  const { t } = useTranslation();
  const mayWrite = usePermission('case.write');
  const { transaction } = detail;
  const read = useChannel('standardization.row', { caseId, transactionId: transaction.id });
  return (
    <section>
      <h3>{t('record.standardized')}</h3>
      <ChannelView of={{ ...read, data: read.currentData }} lines={5}>
        {row => (
          <div className={styles.section}>
            <Fields row={row} />
            <Decided row={row} onOpen={onOpen} />
            {mayWrite ? (
              <div className={styles.actions}>
                <SetCategory caseId={caseId} detail={detail} row={row} />
                <Button
                  component={Link}
                  to={paths.standardization({ tab: 'rules', rule: 'new', from: String(transaction.id) })}
                  size="compact-sm"
                  variant="default"
                >
                  {t('record.makeRule')}
                </Button>
              </div>
            ) : null}
          </div>
        )}
      </ChannelView>
    </section>
  );
};

/** Fields that say something, and the category, which a person may give; what is empty on both sides is left out. */
const Fields = ({ row }: { readonly row: Row }) => {
  const { t } = useTranslation();
  return (
    <FactTable
      caption={t('record.standardized')}
      rows={row.fields.filter(
        ({ field, original, standardized }) => field === 'category' || original !== '' || standardized !== '',
      )}
      rowKey={({ field }) => field}
      columns={[
        { key: 'field', head: t('record.field'), cell: ({ field }) => t(`standardFields.${field}`) },
        { key: 'original', head: t('values.original'), cell: ({ original }) => <StandardizedValue value={original} /> },
        {
          key: 'standardized',
          head: t('values.standardized'),
          cell: ({ original, standardized, origin, confidence }) => (
            <>
              <StandardizedValue value={standardized} changed={standardized !== original} />{' '}
              {origin === 'file' ? null : <OriginTag origin={origin} confidence={confidence} />}
            </>
          ),
        },
        {
          key: 'reason',
          head: t('values.reason'),
          cell: ({ reason, problem }) => <ValueReason reason={reason} problem={problem} />,
        },
      ]}
    />
  );
};

const Decided = ({ row, onOpen }: { readonly row: Row; readonly onOpen: (transactionId: number) => void }) => {
  const { t } = useTranslation();
  const { duplicateOf } = row;
  return (
    <>
      {row.rules.length === 0 ? null : (
        <ul className={styles.rules} aria-label={t('record.rules')}>
          {row.rules.map(({ ruleId, name, version, decided }) => (
            <li key={ruleId}>
              <Link to={paths.standardization({ tab: 'rules', rule: ruleId })}>{name}</Link>{' '}
              <span className={styles.note}>{t('rules.version', { version })}</span>{' '}
              {decided.length === 0 ? t('record.ruleTooLate') : t('record.ruleDecided', { what: decided.join(', ') })}
            </li>
          ))}
        </ul>
      )}
      {row.tags.length === 0 ? null : (
        <div className={styles.tags}>
          {row.tags.map(tag => (
            <Badge key={tag} variant="default" size="sm" tt="none">
              {tag}
            </Badge>
          ))}
        </div>
      )}
      {duplicateOf === null ? null : (
        <p className={styles.repeats}>
          <Button size="compact-sm" variant="subtle" onClick={() => onOpen(duplicateOf)}>
            {t('record.repeats', { id: duplicateOf })}
          </Button>
        </p>
      )}
    </>
  );
};
