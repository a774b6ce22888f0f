import { createHashRouter, Navigate, useRouteError } from 'react-router';
import { AuditPage } from '../features/audit/AuditPage.tsx';
import { CaseHomePage } from '../features/cases/CaseHomePage.tsx';
import { CaseLayout } from '../features/cases/CaseLayout.tsx';
import { CaseListPage } from '../features/cases/CaseListPage.tsx';
import { DuplicatesPage } from '../features/records/DuplicatesPage.tsx';
import { FindingsPage } from '../features/findings/FindingsPage.tsx';
import { UploadPage } from '../features/imports/UploadPage.tsx';
import { QualityPage } from '../features/quality/QualityPage.tsx';
import { ReconciliationPage } from '../features/reconciliation/ReconciliationPage.tsx';
import { RecordsPage } from '../features/records/RecordsPage.tsx';
import { ReportPage } from '../features/reports/ReportPage.tsx';
import { PreferencesPage } from '../features/settings/PreferencesPage.tsx';
import { RejectedPage } from '../features/sources/RejectedPage.tsx';
import { SourcePage } from '../features/sources/SourcePage.tsx';
import { LoginPage } from '../features/workspace/LoginPage.tsx';
import { FaultScreen } from './ErrorBoundary.tsx';
import { paths } from './paths.ts';
import { Shell } from './shell/Shell.tsx';

const RouteFault = () => <FaultScreen failure={useRouteError()} onRetry={() => location.reload()} />;

/** A hash router: the same addresses work under app:// and http://. Only routes that are built are listed. */
export const router = createHashRouter([
  { path: paths.login, element: <LoginPage />, errorElement: <RouteFault /> },
  {
    element: <Shell />,
    errorElement: <RouteFault />,
    children: [
      { path: paths.cases, element: <CaseListPage /> },
      {
        path: '/cases/:caseId',
        element: <CaseLayout />,
        children: [
          { index: true, element: <CaseHomePage /> },
          { path: 'upload', element: <Navigate to={paths.upload} replace /> },
          { path: 'records', element: <RecordsPage /> },
          { path: 'rejected', element: <RejectedPage /> },
          { path: 'sources/:sourceId', element: <SourcePage /> },
          { path: 'findings', element: <FindingsPage /> },
          { path: 'duplicates', element: <DuplicatesPage /> },
          { path: 'reconciliation', element: <ReconciliationPage /> },
          { path: 'report', element: <ReportPage /> },
          { path: 'audit', element: <AuditPage /> },
        ],
      },
      { path: paths.upload, element: <UploadPage /> },
      { path: paths.quality, element: <QualityPage /> },
      { path: paths.preferences, element: <PreferencesPage /> },
    ],
  },
  { path: '*', element: <Navigate to={paths.cases} replace /> },
]);
