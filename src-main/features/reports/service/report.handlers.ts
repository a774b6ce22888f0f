import { NexusError } from '../../../contract/errors.ts';
import type { Handlers } from '../../../engine/handler.ts';
import { onJob, onQuery } from '../../../engine/handler.ts';
import { productVersion } from '../../../platform/product-version.ts';
import { verifyTask } from '../../audit/service/audit.handlers.ts';
import { requireCase } from '../../cases/storage/case.repository.ts';
import { latestRun } from '../../detection/storage/finding.repository.ts';
import { insertReport, reportById, reportsOfCase } from '../storage/report.repository.ts';
import type { BuildReportTask, BuiltReport } from './build-report-task.ts';

export const reportHandlers: Handlers = {
  ...onJob('reports.build', {
    title: () => 'Report',
    onCancel: 'No report is kept.',
    run: async (context, { caseId }) => {
      const workspace = context.workspace();
      requireCase(workspace.read, caseId);
      const builtAt = new Date(context.ports.clock.now()).toISOString();
      const { opened } = context.session;
      const task: BuildReportTask = {
        task: 'build-report',
        storePath: workspace.storePath,
        key: workspace.dataKey,
        verify: verifyTask(workspace),
        request: {
          productVersion,
          caseId,
          workspaceId: workspace.workspaceId,
          builtAt,
          examiner: { actor: opened?.actor ?? '', role: opened?.role ?? '' },
        },
      };
      context.progress({ stage: 'building the report', done: 0, total: null, unit: 'pages' });
      const built = (await context.pool.run('analysis', task, { signal: context.signal })) as BuiltReport;
      const run = latestRun(workspace.write, caseId);
      if (run === undefined) throw new Error('the examination of the report is gone');
      const reportId = context.ports.ids.next();
      context.write((store, audit) => {
        insertReport(store, {
          id: reportId,
          case_id: caseId,
          run: run.ordinal,
          built_at: builtAt,
          pages: built.pages,
          audit_root: built.auditRoot,
          pdf_sha256: built.pdfSha256,
          html_sha256: built.htmlSha256,
          pdf: Buffer.from(built.pdf),
          html: built.html,
        });
        audit('report.built', {
          case: caseId,
          report: reportId,
          pdf: `sha256:${built.pdfSha256}`,
          html: `sha256:${built.htmlSha256}`,
          root: built.auditRoot,
        });
      });
      return { reportId, pdfSha256: built.pdfSha256, htmlSha256: built.htmlSha256, pages: built.pages };
    },
  }),
  ...onQuery('reports.list', ({ store }, { caseId }) => {
    requireCase(store, caseId);
    return {
      reports: reportsOfCase(store, caseId).map(report => ({
        id: report.id,
        builtAt: report.built_at,
        pdfSha256: report.pdf_sha256,
        htmlSha256: report.html_sha256,
        auditRoot: report.audit_root,
      })),
    };
  }),
  ...onQuery('reports.read', ({ store }, { reportId, format }) => {
    const report = reportById(store, reportId);
    if (report === undefined)
      throw new NexusError({
        code: 'report.unknown',
        category: 'not-found',
        message: `There is no report ${reportId}.`,
      });
    const stem = `nexus-report-${report.id.slice(0, 8)}`;
    return format === 'pdf'
      ? { fileName: `${stem}.pdf`, mediaType: 'application/pdf', content: Buffer.from(report.pdf).toString('base64') }
      : { fileName: `${stem}.html`, mediaType: 'text/html', content: report.html };
  }),
};
