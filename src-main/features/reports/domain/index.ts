export { renderReportHtml } from './html/render-report-html.ts';
export { reportDocument } from './pdf/report-document-definition.ts';
export { REPORT_CAPS } from './report-caps.ts';
export * from './report-model.ts';
