import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ChannelAnswer } from '../../../src-main/contract/index.ts';
import { paths } from '../../app/paths.ts';
import { usePermission } from '../../app/use-permission.ts';
import { Digest } from '../../components/Digest.tsx';
import { FactTable } from '../../components/FactTable.tsx';
import { instantText } from '../../components/measure-text.ts';
import { StatusTag } from '../../components/StatusTag.tsx';
import { filterOfNumbers } from '../audit/entry-filter.ts';
import styles from './Custody.module.css';

type CustodyEvent = ChannelAnswer<'custody.list'>['events'][number];

/** What happened to the originals, newest first: who had which for what, and whether it was still the same. */
export const CustodyLedger = ({ events }: { readonly events: readonly CustodyEvent[] }) => {
  const { t } = useTranslation();
  const mayReadLog = usePermission('audit.read');
  return (
    <FactTable
      caption={t('custody.title')}
      rows={events}
      rowKey={({ seq }) => String(seq)}
      columns={[
        { key: 'seq', head: t('custody.seq'), numeric: true, cell: ({ seq }) => seq },
        {
          key: 'at',
          head: t('custody.at'),
          nowrap: true,
          cell: ({ at }) => <span className="nx-number">{instantText(at)}</span>,
        },
        { key: 'kind', head: t('custody.kind'), nowrap: true, cell: ({ kind }) => t(`custody.kinds.${kind}`) },
        { key: 'name', head: t('custody.name'), cell: ({ name }) => name },
        { key: 'who', head: t('custody.who'), cell: ({ actor }) => actor },
        {
          key: 'purpose',
          head: t('custody.purpose'),
          cell: ({ purpose, recipient, receipt }) => (
            <>
              {purpose}
              {recipient === '' ? null : (
                <span className={styles.recipient}>
                  {t('custody.recipient')} {recipient}
                  {receipt === '' ? null : `, ${t('custody.receipt', { value: receipt })}`}
                </span>
              )}
            </>
          ),
        },
        { key: 'found', head: t('custody.found'), nowrap: true, cell: event => <Found event={event} /> },
        {
          key: 'entry',
          head: t('custody.entry'),
          numeric: true,
          cell: ({ entry }) =>
            mayReadLog ? (
              <Link
                to={paths.workspaceAudit(filterOfNumbers(entry))}
                aria-label={t('custody.openEntry', { seq: entry })}
                className="nx-number"
              >
                {entry}
              </Link>
            ) : (
              entry
            ),
        },
      ]}
    />
  );
};

/** A transfer reads nothing: that is no agreement and no difference. */
const Found = ({ event: { kind, found, agrees, name } }: { readonly event: CustodyEvent }) => {
  const { t } = useTranslation();
  if (found === null)
    return kind === 'transfer' ? (
      <span className={styles.quiet}>{t('custody.noRead')}</span>
    ) : (
      <StatusTag tone="bad">{t('custody.unread')}</StatusTag>
    );
  return (
    <span className={styles.found}>
      <StatusTag tone={agrees ? 'good' : 'bad'}>{t(agrees ? 'custody.agrees' : 'custody.differs')}</StatusTag>
      <Digest value={found} label={name} />
    </span>
  );
};
