import { z } from 'zod';
import { Count, InstantText, job, query, Uuid } from './channel.ts';

export const reportsContract = {
  'reports.build': job({
    permission: 'report.build',
    summary:
      'Builds the report of the latest examination as PDF and HTML; byte-identical for the same workspace and clock',
    input: z.strictObject({ caseId: Uuid }),
    output: z.strictObject({ reportId: Uuid, pdfSha256: z.string(), htmlSha256: z.string(), pages: Count }),
    audit: 'report.built',
  }),
  'reports.list': query({
    permission: 'report.read',
    summary: 'Reports built for a case, newest first',
    input: z.strictObject({ caseId: Uuid }),
    output: z.strictObject({
      reports: z.array(
        z.strictObject({
          id: Uuid,
          builtAt: InstantText,
          pdfSha256: z.string(),
          htmlSha256: z.string(),
          auditRoot: z.string(),
        }),
      ),
    }),
  }),
  'reports.read': query({
    permission: 'report.read',
    logs: { kind: 'export', of: 'reports' },
    summary: 'A built report: HTML as text, PDF as base64',
    input: z.strictObject({ reportId: Uuid, format: z.enum(['html', 'pdf']) }),
    output: z.strictObject({ fileName: z.string(), mediaType: z.string(), content: z.string() }),
  }),
};
