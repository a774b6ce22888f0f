import { openDatabase } from '../../../platform/database.ts';
import { hex, sha256, utf8 } from '../../../platform/digest.ts';
import { renderPdf } from '../../../platform/pdf-renderer.ts';
import { ReadStore } from '../../../platform/store.ts';
import type { VerifyTask } from '../../audit/service/verify-workspace.ts';
import { verifyWorkspace } from '../../audit/service/verify-workspace.ts';
import { renderReportHtml, reportDocument } from '../domain/index.ts';
import type { ReportRequest } from './gather-report.ts';
import { gatherReport } from './gather-report.ts';

export interface BuildReportTask {
  readonly task: 'build-report';
  readonly storePath: string;
  readonly key: Uint8Array;
  readonly verify: VerifyTask;
  readonly request: ReportRequest;
}

export interface BuiltReport {
  readonly pdf: Uint8Array;
  readonly html: string;
  readonly pages: number;
  readonly pdfSha256: string;
  readonly htmlSha256: string;
  readonly auditRoot: string;
}

/** Gathers the latest examination of a case, verifies log and evidence once more, and renders both forms of the report. */
export const buildReport = async (task: BuildReportTask): Promise<BuiltReport> => {
  const verification = verifyWorkspace(task.verify);
  const connection = openDatabase(task.storePath, task.key, { mode: 'read' });
  try {
    const model = gatherReport(new ReadStore(connection), task.request, verification);
    const html = renderReportHtml(model);
    const { bytes, pages } = await renderPdf(reportDocument(model), {
      builtAt: model.builtAt,
      id: hex(sha256(utf8(JSON.stringify(model)))),
    });
    return {
      pdf: bytes,
      html,
      pages,
      pdfSha256: hex(sha256(bytes)),
      htmlSha256: hex(sha256(utf8(html))),
      auditRoot: model.audit.root,
    };
  } finally {
    connection.close();
  }
};
