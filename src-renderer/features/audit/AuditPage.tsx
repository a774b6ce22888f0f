import { Button } from '@mantine/core';
import { IconShieldCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { useChannel } from '../../app/engine/channel-hooks.ts';
import { useCancelJob, useJob } from '../../app/engine/job-hooks.ts';
import { paths } from '../../app/paths.ts';
import { useAddressSearch } from '../../app/use-address-search.ts';
import { usePermission } from '../../app/use-permission.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorState } from '../../components/ErrorState.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { ProgressState } from '../../components/ProgressState.tsx';
import styles from './Audit.module.css';
import { type AuditFilter, auditFilterFromSearch, auditFilterToSearch, withCondition } from './entry-filter.ts';
import { LogBrowser } from './LogBrowser.tsx';
import { LogHead } from './LogHead.tsx';
import { Verification } from './Verification.tsx';

/** The audit log, of a case or of the whole workspace: how far it can be trusted, and a search. The address holds the filter. */
export const AuditPage = () => {
  const { t } = useTranslation();
  const { caseId } = useParams();
  const mayRead = usePermission('audit.read');
  const status = useChannel('workspaces.status', {});
  const title = t(caseId === undefined ? 'audit.workspaceTitle' : 'audit.title');
  if (status.data === undefined) return <PageHeader title={title} />;
  if (!mayRead)
    return (
      <>
        <PageHeader title={title} />
        <EmptyState kind="no-permission" title={t('empty.noPermission.title')} />
      </>
    );
  return <Log key={caseId} title={title} caseId={caseId} />;
};

const Log = ({ title, caseId }: { readonly title: string; readonly caseId: string | undefined }) => {
  const { t } = useTranslation();
  const [search, changeSearch] = useAddressSearch();
  const verify = useJob('audits.verify');
  const cancel = useCancelJob();
  const [resultShown, setResultShown] = useState(true);
  const asked = auditFilterFromSearch(search);
  const filter: AuditFilter = caseId === undefined ? asked : { ...asked, caseId };
  const change = (edit: (now: AuditFilter) => AuditFilter): void =>
    changeSearch(
      now => {
        const next = edit(auditFilterFromSearch(now));
        // The case of a case's screen is in its path.
        return auditFilterToSearch(caseId === undefined ? next : withCondition(next, 'caseId', ''));
      },
      { replace: true },
    );
  return (
    <div className={styles.page}>
      <PageHeader
        title={title}
        description={t(caseId === undefined ? 'audit.workspaceDescription' : 'audit.description')}
        actions={
          <>
            {caseId === undefined ? null : (
              <Button component={Link} to={paths.workspaceAudit()} variant="default">
                {t('audit.wholeLog')}
              </Button>
            )}
            <Button
              leftSection={<IconShieldCheck size={16} aria-hidden />}
              loading={verify.starting || verify.job !== undefined}
              onClick={() => {
                setResultShown(true);
                void verify.start({});
              }}
            >
              {t('audit.verify')}
            </Button>
          </>
        }
      />
      <LogHead />
      {verify.job === undefined ? null : <ProgressState job={verify.job} onCancel={cancel} />}
      {verify.error === undefined ? null : <ErrorState error={verify.error} />}
      {resultShown && verify.outcome?.state === 'done' ? (
        <Verification result={verify.outcome.result} onClose={() => setResultShown(false)} />
      ) : null}
      <LogBrowser filter={filter} caseId={caseId} onChange={change} />
    </div>
  );
};
