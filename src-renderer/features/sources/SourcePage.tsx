import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { skipToken, useChannel } from '../../app/engine/channel-hooks.ts';
import { paths } from '../../app/paths.ts';
import { ChannelView } from '../../components/ChannelView.tsx';
import { DefinitionList } from '../../components/DefinitionList.tsx';
import { Digest } from '../../components/Digest.tsx';
import { dialectEntries, dialectList } from '../../components/dialect-entries.ts';
import { FactTable } from '../../components/FactTable.tsx';
import { Money } from '../../components/Money.tsx';
import { byteText, instantText } from '../../components/measure-text.ts';
import { PageHeader } from '../../components/PageHeader.tsx';
import { Panel } from '../../components/Panel.tsx';
import { StatusTag } from '../../components/StatusTag.tsx';
import { useCaseId } from '../cases/use-case-id.ts';
import { RejectedTable } from './RejectedTable.tsx';
import styles from './Sources.module.css';

/** One sealed original: its digest, how it was read, its statements, what could not be read. */
export const SourcePage = () => {
  const { t, i18n } = useTranslation();
  const settingName = (name: string): string => {
    const known = ['setting', 'roleOfColumn', 'dialect'].find(group => i18n.exists(`${group}.${name}`));
    return known === undefined ? name : t(`${known}.${name}` as 'dialect.quote');
  };
  const caseId = useCaseId();
  const { sourceId } = useParams();
  const read = useChannel('sources.read', sourceId === undefined ? skipToken : { sourceId });
  return (
    <ChannelView of={read} lines={8}>
      {({ source, dialect, statements, warnings }) => (
        <>
          <PageHeader
            title={source.name}
            description={t('source.description', {
              at: instantText(source.importedAt),
              side: t(`sides.${source.side}`),
            })}
            actions={
              <Button component={Link} to={paths.records(caseId, { sourceId: source.id })} variant="default">
                {t('source.records', { count: source.transactions })}
              </Button>
            }
          />
          <div className={styles.stack}>
            <div className={styles.halves}>
              <Panel title={t('source.original')}>
                <DefinitionList
                  entries={[
                    [t('source.digest'), <Digest key="d" value={source.sha256} label={source.name} full />],
                    [t('sources.size'), byteText(source.bytes)],
                    [t('sources.format'), source.format],
                    [t('source.encoding'), source.encoding],
                    [t('source.accounts'), source.accounts.join(', ') || t('source.accountsUnknown')],
                  ]}
                />
              </Panel>
              <Panel title={t('source.dialect')} note={t('source.dialectNote')}>
                <DefinitionList
                  entries={[
                    ...dialectEntries(dialect).map(([name, value]) => [settingName(name), value] as const),
                    ...dialectList(dialect, 'columns').map(
                      column =>
                        [
                          settingName(column.slice(0, column.indexOf(':'))),
                          column.slice(column.indexOf(':') + 2),
                        ] as const,
                    ),
                  ]}
                />
              </Panel>
            </div>
            {statements.length === 0 ? null : (
              <Panel title={t('source.statements')} flush>
                <FactTable
                  caption={t('source.statements')}
                  rows={statements.map((statement, index) => ({ ...statement, place: index }))}
                  rowKey={statement => String(statement.place)}
                  columns={[
                    {
                      key: 'account',
                      head: t('source.account'),
                      cell: statement => statement.account.id ?? t('source.accountsUnknown'),
                    },
                    {
                      key: 'period',
                      head: t('sources.period'),
                      cell: statement =>
                        statement.from === null || statement.to === null
                          ? t('sources.periodUnknown')
                          : t('sources.periodOf', { from: statement.from, to: statement.to }),
                    },
                    {
                      key: 'opening',
                      head: t('balances.opening'),
                      numeric: true,
                      cell: statement => <Money amount={statement.opening?.amount ?? null} />,
                    },
                    {
                      key: 'credits',
                      head: t('balances.credits'),
                      numeric: true,
                      cell: statement => <Money amount={statement.credits} />,
                    },
                    {
                      key: 'debits',
                      head: t('balances.debits'),
                      numeric: true,
                      cell: statement => <Money amount={statement.debits} />,
                    },
                    {
                      key: 'closing',
                      head: t('balances.closing'),
                      numeric: true,
                      cell: statement => (
                        <Money amount={statement.closing?.amount ?? null} currency={statement.account.currency} />
                      ),
                    },
                    {
                      key: 'count',
                      head: t('sources.transactions'),
                      numeric: true,
                      cell: statement => statement.count,
                    },
                    {
                      key: 'balanced',
                      head: t('balances.balanced'),
                      cell: statement => (
                        <StatusTag tone={statement.balanced === null ? 'unknown' : statement.balanced ? 'good' : 'bad'}>
                          {t(`balances.states.${statement.balanced ?? 'unknown'}` as 'balances.states.true')}
                        </StatusTag>
                      ),
                    },
                  ]}
                />
              </Panel>
            )}
            {warnings.length === 0 ? null : (
              <Panel title={t('source.warnings', { count: warnings.length })} flush>
                <FactTable
                  caption={t('source.warnings', { count: warnings.length })}
                  rows={warnings.map((warning, index) => ({ ...warning, place: index }))}
                  rowKey={warning => String(warning.place)}
                  rowHeads={false}
                  columns={[
                    {
                      key: 'row',
                      head: t('rejected.row'),
                      numeric: true,
                      cell: warning => warning.row ?? t('source.wholeFile'),
                    },
                    { key: 'message', head: t('source.warning'), cell: warning => warning.message },
                    {
                      key: 'code',
                      head: t('source.code'),
                      cell: warning => <code className="nx-mono">{warning.code}</code>,
                    },
                  ]}
                />
              </Panel>
            )}
            {source.rejected === 0 ? null : (
              <Panel title={t('rejected.title')} flush>
                <RejectedTable sourceId={source.id} name={source.name} />
              </Panel>
            )}
          </div>
        </>
      )}
    </ChannelView>
  );
};
