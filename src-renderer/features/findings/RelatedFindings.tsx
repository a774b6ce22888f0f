import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useChannel } from '../../app/engine/channel-hooks.ts';
import { paths } from '../../app/paths.ts';
import { ChannelView } from '../../components/ChannelView.tsx';
import { FactTable } from '../../components/FactTable.tsx';
import { SeverityBadge } from '../../components/SeverityBadge.tsx';
import styles from './Findings.module.css';
import { StateTag } from './StateTag.tsx';

/** Findings that share some of the rows, but not all. */
export const RelatedFindings = ({ caseId, findingId }: { readonly caseId: string; readonly findingId: string }) => {
  const { t } = useTranslation();
  const related = useChannel('findings.related', { findingId });
  return (
    <section aria-label={t('related.title')}>
      <h3>{t('related.title')}</h3>
      <ChannelView of={related} lines={2}>
        {({ total, findings }) =>
          total === 0 ? (
            <p className={styles.legend}>{t('related.none')}</p>
          ) : (
            <>
              <FactTable
                caption={t('related.title')}
                rows={findings}
                rowKey={({ id }) => id}
                rowHeads={false}
                columns={[
                  {
                    key: 'reason',
                    head: t('related.finding'),
                    cell: ({ id, reason }) => (
                      <Link
                        className={styles.clamped as string}
                        to={paths.findings(caseId, { state: 'any', finding: id })}
                      >
                        {reason}
                      </Link>
                    ),
                  },
                  { key: 'tests', head: t('findings.test'), cell: ({ tests }) => tests.join(', ') },
                  {
                    key: 'severity',
                    head: t('findings.severity'),
                    nowrap: true,
                    cell: ({ severity }) => <SeverityBadge severity={severity} />,
                  },
                  {
                    key: 'state',
                    head: t('findings.state'),
                    nowrap: true,
                    cell: ({ state }) => <StateTag state={state} />,
                  },
                  {
                    key: 'shared',
                    head: t('related.shared'),
                    numeric: true,
                    cell: ({ shared, rowCount }) => t('related.sharedOf', { shared, count: rowCount }),
                  },
                ]}
              />
              {total > findings.length ? (
                <p className={styles.legend}>{t('related.more', { count: total - findings.length })}</p>
              ) : null}
            </>
          )
        }
      </ChannelView>
    </section>
  );
};
