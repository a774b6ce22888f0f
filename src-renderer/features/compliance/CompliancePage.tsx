import { NativeSelect, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useChannel } from '../../app/engine/channel-hooks.ts';
import { useAddressSearch } from '../../app/use-address-search.ts';
import { usePermission } from '../../app/use-permission.ts';
import { ChannelView } from '../../components/ChannelView.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { auditFilterFromSearch } from '../audit/entry-filter.ts';
import { ActsPanel } from './ActsPanel.tsx';
import styles from './Compliance.module.css';
import { PeoplePanel } from './PeoplePanel.tsx';

/** Who saw, changed, exported and approved what: counted from the log, each number leading to its entries. */
export const CompliancePage = () => {
  const { t } = useTranslation();
  const mayRead = usePermission('audit.read');
  const status = useChannel('workspaces.status', {});
  if (status.data === undefined) return <PageHeader title={t('compliance.title')} />;
  if (!mayRead)
    return (
      <>
        <PageHeader title={t('compliance.title')} />
        <EmptyState kind="no-permission" title={t('empty.noPermission.title')} />
      </>
    );
  return <Compliance />;
};

const Compliance = () => {
  const { t } = useTranslation();
  const [search, changeSearch] = useAddressSearch();
  const { caseId, from, to, actor } = auditFilterFromSearch(search);
  const soxOnly = search.get('sox') === '1';
  const scope = {
    ...(caseId === undefined ? {} : { caseId }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  };
  const read = useChannel('audits.compliance', scope);
  const cases = useChannel('cases.list', {});
  const set = (name: string, value: string): void =>
    changeSearch(
      now => {
        if (value === '') now.delete(name);
        else now.set(name, value);
        return now;
      },
      { replace: true },
    );
  return (
    <>
      <PageHeader title={t('compliance.title')} description={t('compliance.description')} />
      <div className={styles.stack}>
        <div className={styles.tools}>
          <NativeSelect
            size="xs"
            aria-label={t('audit.filter.caseId')}
            value={caseId ?? ''}
            onChange={event => set('caseId', event.currentTarget.value)}
            data={[
              { value: '', label: t('audit.filter.anyCase') },
              ...(cases.data?.cases ?? []).map(({ id, name }) => ({ value: id, label: name })),
            ]}
          />
          {(['from', 'to'] as const).map(field => (
            <TextInput
              key={field}
              size="xs"
              type="date"
              label={t(`audit.filter.${field}`)}
              classNames={{ root: styles.day as string }}
              value={(field === 'from' ? from : to) ?? ''}
              onChange={event => set(field, event.currentTarget.value)}
            />
          ))}
        </div>
        {/* Counts of other days or another case would open entries that they do not count. */}
        <ChannelView of={{ ...read, data: read.currentData }} lines={8}>
          {data =>
            data.entries === 0 ? (
              <EmptyState kind="filtered" title={t('compliance.none.title')}>
                {t('compliance.none.text')}
              </EmptyState>
            ) : (
              <>
                {data.unclassified.length === 0 ? null : (
                  <p className={styles.warning} role="status">
                    {t('compliance.unclassified', { acts: data.unclassified.join(', ') })}
                  </p>
                )}
                <PeoplePanel people={data.people} scope={scope} />
                <ActsPanel
                  data={data}
                  scope={scope}
                  actor={actor}
                  soxOnly={soxOnly}
                  onActor={value => set('actor', value)}
                  onSoxOnly={only => set('sox', only ? '1' : '')}
                />
              </>
            )
          }
        </ChannelView>
      </div>
    </>
  );
};
