import { buildReport } from '../build-report.ts';
import type { ReportSection } from '../report-document.ts';
import { formatInstant } from '../report-figures.ts';
import type { ReportModel } from '../report-model.ts';
import { BODY_SIZE, factsNode, pdfBlocks, TABLE_SIZE } from './pdf-blocks.ts';
import type { PdfDefinition, PdfNode } from './pdf-definition.ts';
import { ACCENT, INK, pdfText, QUIET, TEXT_FACE } from './pdf-text.ts';

const SIDE_MARGIN = 48;
const RUNNING_NAME_WIDTH = 365;
/** A case's name of more characters than this is cut in the running head; the first page has it whole. */
const RUNNING_NAME_CHARACTERS = 48;

const runningName = (caseName: string): string => {
  const characters = Array.from(caseName);
  return characters.length <= RUNNING_NAME_CHARACTERS
    ? caseName
    : `${characters.slice(0, RUNNING_NAME_CHARACTERS).join('')}…`;
};

const sectionHeading = (section: ReportSection, first: boolean): PdfNode => ({
  text: pdfText(section.title),
  fontSize: 16,
  bold: true,
  color: ACCENT,
  margin: [0, first ? 0 : 22, 0, 6],
  headlineLevel: 1,
  outline: true,
  outlineExpanded: true,
  id: section.id,
  tocItem: true,
  tocStyle: { fontSize: BODY_SIZE },
  tocMargin: [0, 1, 0, 1],
});

/**
 * The report as a pdfmake document definition: A4, running head and foot, contents, outline. Pure: the same model gives the
 * same definition. Good for one rendering.
 */
export const reportDocument = (model: ReportModel): PdfDefinition => {
  const document = buildReport(model);
  const caseName = pdfText(document.caseName);
  const running = (left: string, right: string, top: number): PdfNode => ({
    columns: [
      { text: left, width: RUNNING_NAME_WIDTH, fontSize: 7.5, color: QUIET, noWrap: true },
      { text: right, fontSize: 7.5, color: QUIET, alignment: 'right', noWrap: true },
    ],
    margin: [SIDE_MARGIN, top, SIDE_MARGIN, 0],
  });
  return {
    version: '1.7',
    language: 'en',
    displayTitle: true,
    pageSize: 'A4',
    pageMargins: [SIDE_MARGIN, 58, SIDE_MARGIN, 54],
    info: {
      title: `${document.title}: ${document.caseName}`,
      subject: 'Financial examination',
      author: `${model.examiner.actor}`,
      creator: 'NEXUS',
      producer: `NEXUS ${document.productVersion} (pdfmake)`,
    },
    defaultStyle: { font: TEXT_FACE, fontSize: TABLE_SIZE, color: INK, lineHeight: 1.1 },
    header: () =>
      running(`NEXUS examination report · ${runningName(caseName)}`, `Built ${formatInstant(document.builtAt)}`, 28),
    footer: (currentPage, pageCount) =>
      running(`Audit root ${document.auditRootShort}…`, `Page ${currentPage} of ${pageCount}`, 20),
    content: [
      { text: document.title, fontSize: 22, bold: true, color: ACCENT, margin: [0, 40, 0, 4] },
      { text: caseName, fontSize: 13, margin: [0, 0, 0, 18] },
      factsNode(document.particulars),
      {
        toc: {
          title: { text: 'Contents', fontSize: 12, bold: true, color: ACCENT, margin: [0, 18, 0, 6] },
          numberStyle: { fontSize: BODY_SIZE },
        },
      },
      { text: '', pageBreak: 'before' },
      ...document.sections.flatMap((section, index) =>
        pdfBlocks([sectionHeading(section, index === 0)], section.blocks, section.id),
      ),
    ],
  };
};
