import { createHashRouter, Navigate, useRouteError } from 'react-router';
import { LoadingBlock } from '../components/LoadingBlock.tsx';
import { AlertsPage } from '../features/alerts/AlertsPage.tsx';
import { AuditPage } from '../features/audit/AuditPage.tsx';
import { CaseHomePage } from '../features/cases/CaseHomePage.tsx';
import { CaseLayout } from '../features/cases/CaseLayout.tsx';
import { CaseListPage } from '../features/cases/CaseListPage.tsx';
import { CompliancePage } from '../features/compliance/CompliancePage.tsx';
import { CustodyPage } from '../features/custody/CustodyPage.tsx';
import { LinkedAccountsPage } from '../features/identity/LinkedAccountsPage.tsx';
import { PovPage } from '../features/identity/PovPage.tsx';
import { PovSelectionPage } from '../features/identity/PovSelectionPage.tsx';
import { SecurityPage } from '../features/identity/SecurityPage.tsx';
import { UploadPage } from '../features/imports/UploadPage.tsx';
import { PeoplePage } from '../features/people/PeoplePage.tsx';
import { RegisterPage } from '../features/people/RegisterPage.tsx';
import { ReconciliationPage } from '../features/reconciliation/ReconciliationPage.tsx';
import { ReportPage } from '../features/reports/ReportPage.tsx';
import { PreferencesPage } from '../features/settings/PreferencesPage.tsx';
import { RejectedPage } from '../features/sources/RejectedPage.tsx';
import { SourcePage } from '../features/sources/SourcePage.tsx';
import { LoginPage } from '../features/workspace/LoginPage.tsx';
import { FaultScreen } from './ErrorBoundary.tsx';
import { paths } from './paths.ts';
import { Shell } from './shell/Shell.tsx';

// The grid and the charts are most of the code: they come when first asked for, not before the window is usable.
const recordsPage = async () => ({ Component: (await import('../features/records/RecordsPage.tsx')).RecordsPage });
const findingsPage = async () => ({ Component: (await import('../features/findings/FindingsPage.tsx')).FindingsPage });
const duplicatesPage = async () => ({
  Component: (await import('../features/records/DuplicatesPage.tsx')).DuplicatesPage,
});
const cataloguePage = async () => ({
  Component: (await import('../features/catalogue/CataloguePage.tsx')).CataloguePage,
});
const coveragePage = async () => ({ Component: (await import('../features/coverage/CoveragePage.tsx')).CoveragePage });
const partiesPage = async () => ({ Component: (await import('../features/parties/PartiesPage.tsx')).PartiesPage });
const riskPage = async () => ({ Component: (await import('../features/risk/RiskPage.tsx')).RiskPage });
const typologiesPage = async () => ({
  Component: (await import('../features/typologies/TypologiesPage.tsx')).TypologiesPage,
});
const flowsPage = async () => ({ Component: (await import('../features/flows/FlowsPage.tsx')).FlowsPage });
const qualityPage = async () => ({ Component: (await import('../features/quality/QualityPage.tsx')).QualityPage });
const standardizationPage = async () => ({
  Component: (await import('../features/standardization/StandardizationPage.tsx')).StandardizationPage,
});

const RouteFault = () => <FaultScreen failure={useRouteError()} onRetry={() => location.reload()} />;

/** A hash router: the same addresses work under app:// and http://. Only routes that are built are listed. */
export const router = createHashRouter([
  { path: paths.login, element: <LoginPage />, errorElement: <RouteFault /> },
  { path: paths.povSelection, element: <PovSelectionPage />, errorElement: <RouteFault /> },
  {
    element: <Shell />,
    hydrateFallbackElement: <LoadingBlock />,
    errorElement: <RouteFault />,
    children: [
      { path: paths.cases, element: <CaseListPage /> },
      {
        path: '/cases/:caseId',
        element: <CaseLayout />,
        children: [
          { index: true, element: <CaseHomePage /> },
          { path: 'upload', element: <Navigate to={paths.upload} replace /> },
          { path: 'records', lazy: recordsPage },
          { path: 'rejected', element: <RejectedPage /> },
          { path: 'sources/:sourceId', element: <SourcePage /> },
          { path: 'findings', lazy: findingsPage },
          { path: 'tests', lazy: cataloguePage },
          { path: 'duplicates', lazy: duplicatesPage },
          { path: 'coverage', lazy: coveragePage },
          { path: 'parties', lazy: partiesPage },
          { path: 'reconciliation', element: <ReconciliationPage /> },
          { path: 'risk', lazy: riskPage },
          { path: 'typologies', lazy: typologiesPage },
          { path: 'flows', lazy: flowsPage },
          { path: 'report', element: <ReportPage /> },
          { path: 'custody', element: <CustodyPage /> },
          { path: 'audit', element: <AuditPage /> },
        ],
      },
      { path: paths.workspaceAudit(), element: <AuditPage /> },
      { path: paths.compliance(), element: <CompliancePage /> },
      { path: paths.upload, element: <UploadPage /> },
      { path: paths.quality, lazy: qualityPage },
      { path: paths.standardization(), lazy: standardizationPage },
      { path: paths.preferences, element: <PreferencesPage /> },
      { path: paths.pov, element: <PovPage /> },
      { path: paths.security, element: <SecurityPage /> },
      { path: paths.oauth, element: <LinkedAccountsPage /> },
      { path: paths.people, element: <PeoplePage /> },
      { path: paths.register, element: <RegisterPage /> },
      { path: paths.alerts, element: <AlertsPage /> },
    ],
  },
  { path: '*', element: <Navigate to={paths.cases} replace /> },
]);
