import {
  IconAdjustments,
  IconArchive,
  IconCalendarStats,
  IconChecklist,
  IconChevronDown,
  IconCopy,
  IconFileDescription,
  IconFileText,
  IconFlame,
  IconFlask,
  IconFolders,
  IconGauge,
  IconGitFork,
  IconHome,
  IconLink,
  IconListSearch,
  IconPuzzle,
  IconReportSearch,
  IconRowRemove,
  IconScale,
  IconSettings,
  IconShieldExclamation,
  IconTable,
  IconUpload,
  IconUserShield,
  IconUsers,
  type TablerIcon,
} from '@tabler/icons-react';
import { type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink, useLocation } from 'react-router';
import { skipToken, useChannel } from '../engine/channel-hooks.ts';
import { paths } from '../paths.ts';
import { useAppSelector } from '../store.ts';
import { usePermission } from '../use-permission.ts';
import styles from './NavigationTree.module.css';

/** More sources than this are reached from the case's home, so that a large case keeps a short tree. */
const SOURCES_SHOWN = 12;

interface BranchItem {
  readonly to: string;
  readonly label: string;
  readonly icon: TablerIcon;
  readonly count?: number | undefined;
}

/** The case as a tree: its sources, views, results and reports. */
export const NavigationTree = () => {
  const { t } = useTranslation();
  const caseId = useAppSelector(state => state.session.caseId);
  const mayReadAudit = usePermission('audit.read');
  const maySupervise = usePermission('security.read');
  const alerts = useChannel('alerts.list', maySupervise ? { state: 'open', limit: 1 } : skipToken);
  // A zero would draw the eye to nothing.
  const openAlerts = alerts.data?.open === 0 ? undefined : alerts.data?.open;
  return (
    <nav className={styles.tree} aria-label={t('tree.label')}>
      <Branch
        items={[
          { to: paths.cases, label: t('tree.cases'), icon: IconFolders },
          ...(mayReadAudit
            ? [
                { to: paths.workspaceAudit(), label: t('tree.workspaceAudit'), icon: IconListSearch },
                { to: paths.compliance(), label: t('tree.compliance'), icon: IconReportSearch },
              ]
            : []),
        ]}
      />
      {caseId === null ? null : <CaseBranches caseId={caseId} />}
      <div className={styles.foot}>
        <Branch
          items={[
            ...(maySupervise
              ? [
                  { to: paths.people, label: t('tree.people'), icon: IconUserShield },
                  { to: paths.alerts, label: t('tree.alerts'), icon: IconShieldExclamation, count: openAlerts },
                ]
              : []),
            { to: paths.preferences, label: t('tree.preferences'), icon: IconSettings },
          ]}
        />
      </div>
    </nav>
  );
};

const CaseBranches = ({ caseId }: { readonly caseId: string }) => {
  const { t } = useTranslation();
  const read = useChannel('cases.read', { caseId });
  const mayReadCustody = usePermission('custody.read');
  const { data: duplicates } = useChannel(
    'duplicates.list',
    read.data === undefined ? skipToken : { caseId, state: 'open', limit: 1 },
  );
  const { data: sources } = useChannel('sources.list', read.data === undefined ? skipToken : { caseId });
  const summary = read.data?.case;
  if (read.error !== undefined || summary === undefined) return null;
  const shown = sources?.sources.slice(0, SOURCES_SHOWN) ?? [];
  const examination = read.data?.examination ?? null;
  return (
    <>
      <Branch items={[{ to: paths.caseHome(caseId), label: t('tree.overview'), icon: IconHome }]} />
      <Branch
        title={t('tree.sources')}
        items={[
          { to: paths.upload, label: t('tree.upload'), icon: IconUpload },
          ...shown.map(source => ({
            to: paths.source(caseId, source.id),
            label: source.name,
            icon: IconFileText,
            count: source.transactions,
          })),
        ]}
      >
        {summary.sources > SOURCES_SHOWN ? (
          <li className={styles.more}>{t('tree.moreSources', { count: summary.sources - SOURCES_SHOWN })}</li>
        ) : null}
      </Branch>
      <Branch
        title={t('tree.data')}
        items={[{ to: paths.standardization(), label: t('tree.standardization'), icon: IconAdjustments }]}
      />
      <Branch
        title={t('tree.views')}
        items={[
          { to: paths.records(caseId), label: t('tree.records'), icon: IconTable, count: summary.transactions },
          { to: paths.parties(caseId), label: t('tree.parties'), icon: IconUsers },
          { to: paths.coverage(caseId), label: t('tree.coverage'), icon: IconCalendarStats },
          { to: paths.rejected(caseId), label: t('tree.rejected'), icon: IconRowRemove, count: summary.rejected },
        ]}
      />
      <Branch
        title={t('tree.results')}
        items={[
          { to: paths.tests(caseId), label: t('tree.tests'), icon: IconFlask },
          { to: paths.findings(caseId), label: t('tree.findings'), icon: IconChecklist, count: summary.openFindings },
          { to: paths.risk(caseId), label: t('tree.risk'), icon: IconFlame },
          { to: paths.typologies(caseId), label: t('tree.typologies'), icon: IconPuzzle },
          { to: paths.flows(caseId), label: t('tree.flows'), icon: IconGitFork },
          { to: paths.reconciliation(caseId), label: t('tree.reconciliation'), icon: IconScale },
          {
            to: paths.duplicates(caseId),
            label: t('tree.duplicates'),
            icon: IconCopy,
            count: examination === null ? undefined : duplicates?.total,
          },
          { to: paths.quality, label: t('tree.quality'), icon: IconGauge },
        ]}
      />
      <Branch
        title={t('tree.reports')}
        items={[
          { to: paths.report(caseId), label: t('tree.report'), icon: IconFileDescription },
          ...(mayReadCustody ? [{ to: paths.custody(caseId), label: t('tree.custody'), icon: IconArchive }] : []),
          { to: paths.audit(caseId), label: t('tree.audit'), icon: IconLink },
        ]}
      />
    </>
  );
};

interface BranchProps {
  readonly title?: string;
  readonly items: readonly BranchItem[];
  readonly children?: ReactNode;
}

const Branch = ({ title, items, children }: BranchProps) => {
  const id = useId();
  const [open, setOpen] = useState(true);
  return (
    <div className={styles.branch}>
      {title === undefined ? null : (
        <button
          type="button"
          className={styles.title}
          aria-expanded={open}
          aria-controls={id}
          onClick={() => setOpen(!open)}
        >
          <IconChevronDown size={13} aria-hidden data-open={open} />
          {title}
        </button>
      )}
      <ul id={id} hidden={!open}>
        {items.map(item => (
          <TreeLink key={item.to} item={item} />
        ))}
        {children}
      </ul>
    </div>
  );
};

const TreeLink = ({ item }: { readonly item: BranchItem }) => {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const [path] = item.to.split('?');
  return (
    <li>
      <NavLink to={item.to} end className={styles.link as string} data-active={pathname === path} title={item.label}>
        <item.icon size={16} stroke={1.6} aria-hidden />
        <span className={styles.label}>{item.label}</span>
        {item.count === undefined ? null : (
          <span className={`${styles.count} nx-number`}>{t('count', { count: item.count })}</span>
        )}
      </NavLink>
    </li>
  );
};
