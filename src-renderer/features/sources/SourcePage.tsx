import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { ChannelAnswer } from '../../../src-main/contract/index.ts';
import { skipToken, useChannel } from '../../app/engine/channel-hooks.ts';
import { paths } from '../../app/paths.ts';
import { usePermission } from '../../app/use-permission.ts';
import { ChannelView } from '../../components/ChannelView.tsx';
import { DefinitionList } from '../../components/DefinitionList.tsx';
import { dialectEntries, dialectList } from '../../components/dialect-entries.ts';
import { FactTable } from '../../components/FactTable.tsx';
import { instantText } from '../../components/measure-text.ts';
import { PageHeader } from '../../components/PageHeader.tsx';
import { Panel } from '../../components/Panel.tsx';
import { useCaseId } from '../cases/use-case-id.ts';
import { settingName, settingValue } from '../imports/setting-name.ts';
import { ArchiveFiles } from './ArchiveFiles.tsx';
import { CertificateButton } from './CertificateButton.tsx';
import { ChangeState } from './ChangeState.tsx';
import { RejectedPanel } from './RejectedPanel.tsx';
import { SealedOriginal } from './SealedOriginal.tsx';
import styles from './Sources.module.css';
import { StatementsTable } from './StatementsTable.tsx';
import { splitSettings } from './source-settings.ts';

/** One sealed original: its digest, how it was read, its statements, what could not be read. */
export const SourcePage = () => {
  const { sourceId } = useParams();
  const read = useChannel('sources.read', sourceId === undefined ? skipToken : { sourceId });
  return (
    <ChannelView of={read} lines={8}>
      {answer => <Source read={answer} />}
    </ChannelView>
  );
};

const Source = ({ read }: { readonly read: ChannelAnswer<'sources.read'> }) => {
  const { t } = useTranslation();
  const caseId = useCaseId();
  const mayReadCustody = usePermission('custody.read');
  const { source, dialect, statements, warnings } = read;
  const all = useChannel('sources.list', { caseId }).data?.sources ?? [];
  const members = all.filter(({ containerId }) => containerId === source.id);
  const container = all.find(({ id }) => id === source.containerId);
  const { answers, controls } = splitSettings(source.settings);
  const setAside = source.setAside ?? null;
  const isCounted = source.state !== 'set-aside' && source.transactions > 0;
  return (
    <>
      <PageHeader
        title={source.name}
        description={t('source.description', { at: instantText(source.importedAt), side: t(`sides.${source.side}`) })}
        actions={
          <div className={styles.actions}>
            {mayReadCustody ? (
              <Button component={Link} to={paths.custody(caseId, source.id)} variant="default">
                {t('custody.openCustody')}
              </Button>
            ) : null}
            <CertificateButton sourceId={source.id} name={source.name} />
            <ChangeState
              source={source}
              transactions={members.reduce((sum, member) => sum + member.transactions, source.transactions)}
              isArchive={members.length > 0}
            />
            {isCounted ? (
              <Button component={Link} to={paths.records(caseId, { sourceId: source.id })} variant="default">
                {t('source.records', { count: source.transactions })}
              </Button>
            ) : null}
          </div>
        }
      />
      <div className={styles.stack}>
        {setAside === null ? null : (
          <p className={styles.aside} role="status">
            <b>{t('source.asideSince', { at: instantText(setAside.at), reason: setAside.reason })}</b>{' '}
            {t('source.noFindings')}
          </p>
        )}
        <div className={styles.halves}>
          <div className={styles.stack}>
            <SealedOriginal source={source} container={container} />
            {answers.length + controls.length === 0 ? null : (
              <Panel title={t('source.settings')}>
                <DefinitionList
                  entries={[...answers, ...controls].map(([key, value]) => [
                    settingName(key),
                    settingValue(key, value),
                  ])}
                />
              </Panel>
            )}
          </div>
          <Panel title={t('source.dialect')} note={t('source.dialectNote')}>
            <DefinitionList
              entries={[
                ...dialectEntries(dialect).map(
                  ([name, value]) => [settingName(name), settingValue(name, value)] as const,
                ),
                ...dialectList(dialect, 'columns').map(
                  column =>
                    [settingName(column.slice(0, column.indexOf(':'))), column.slice(column.indexOf(':') + 2)] as const,
                ),
              ]}
            />
          </Panel>
        </div>
        {members.length === 0 ? null : <ArchiveFiles caseId={caseId} archive={source} members={members} />}
        {statements.length === 0 ? null : (
          <Panel title={t('source.statements')} flush>
            <StatementsTable statements={statements} />
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
          <RejectedPanel title={t('rejected.title')} sourceId={source.id} name={source.name} />
        )}
      </div>
    </>
  );
};
