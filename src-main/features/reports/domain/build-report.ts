import { checkReportModel } from './check-report-model.ts';
import { code, type Fact, type ReportDocument, type ReportSection } from './report-document.ts';
import { formatInstant, wordsOf } from './report-figures.ts';
import type { ReportModel } from './report-model.ts';
import { duplicatesSection } from './sections/duplicates.ts';
import { glossarySection } from './sections/glossary.ts';
import { integritySection } from './sections/integrity.ts';
import { limitsSection } from './sections/limits.ts';
import { methodSection } from './sections/method.ts';
import { qualitySection } from './sections/quality.ts';
import { reconciliationSection } from './sections/reconciliation.ts';
import { scopeSection } from './sections/scope.ts';
import { summarySection } from './sections/summary.ts';
import { testsSection } from './sections/tests.ts';
import { sourceLabels } from './source-labels.ts';

const ROOT_DIGITS_SHOWN = 16;

const particularsOf = (model: ReportModel): readonly Fact[] => [
  ['Case', model.caseName],
  ['Examiner', `${model.examiner.actor} (${wordsOf(model.examiner.role)})`],
  ['Examination ran', formatInstant(model.examinedAt)],
  ['Report built', formatInstant(model.builtAt)],
  ['Made with', `NEXUS ${model.productVersion}`],
  ['Workspace', [code(model.workspaceId)]],
  ['Audit root', [code(model.audit.root)]],
];

/**
 * Puts the report together from the model. Pure: the same model gives the same document. Throws RangeError where the model
 * contradicts itself or a row names a source that is not listed.
 */
export const buildReport = (model: ReportModel): ReportDocument => {
  checkReportModel(model);
  const labels = sourceLabels(model.sources);
  const sections: readonly (readonly [id: string, title: string, blocks: ReportSection['blocks']])[] = [
    ['summary', 'Summary', summarySection(model)],
    ['scope', 'Scope: what was given', scopeSection(model, labels)],
    ['method', 'Method: what was done', methodSection(model)],
    ['quality', 'Quality of the records', qualitySection(model)],
    ['duplicates', 'Duplicates', duplicatesSection(model, labels)],
    ['reconciliation', 'Balances and reconciliation', reconciliationSection(model, labels)],
    ['tests', 'Tests and findings', testsSection(model, labels)],
    ['limits', 'Limits', limitsSection(model, labels)],
    ['integrity', 'Integrity', integritySection(model)],
    ['glossary', 'Terms', glossarySection()],
  ];
  return {
    title: 'Report of a financial examination',
    caseName: model.caseName,
    builtAt: model.builtAt,
    productVersion: model.productVersion,
    auditRootShort: model.audit.root.slice(0, ROOT_DIGITS_SHOWN),
    particulars: particularsOf(model),
    sections: sections.map(([id, title, blocks], index) => ({ id, title: `${index + 1}. ${title}`, blocks })),
  };
};
