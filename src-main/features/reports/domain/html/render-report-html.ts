import { buildReport } from '../build-report.ts';
import type { Block, Inline, ReportDocument, ReportSection, TableBlock, Text } from '../report-document.ts';
import { formatInstant } from '../report-figures.ts';
import type { ReportModel } from '../report-model.ts';
import { escapeHtml } from './escape-html.ts';
import { REPORT_STYLE } from './report-style.ts';

const inlineHtml = (inline: Inline): string => {
  if (typeof inline === 'string') return escapeHtml(inline);
  if ('severity' in inline) return `<span class="severity ${inline.severity}">${inline.severity}</span>`;
  const text = escapeHtml(inline.text);
  if (inline.as === 'code') return `<code>${text}</code>`;
  return inline.as === 'strong' ? `<strong>${text}</strong>` : `<span class="${inline.as}">${text}</span>`;
};

const textHtml = (text: Text): string => (typeof text === 'string' ? escapeHtml(text) : text.map(inlineHtml).join(''));

const factsHtml = (caption: string, rows: readonly (readonly [string, Text])[]): string =>
  `<table class="facts" aria-label="${escapeHtml(caption)}"><tbody>\n${rows
    .map(([label, value]) => `<tr><th scope="row">${escapeHtml(label)}</th><td>${textHtml(value)}</td></tr>`)
    .join('\n')}\n</tbody></table>`;

const tableHtml = ({ caption, columns, rows }: TableBlock): string => {
  const whole = columns.reduce((sum, column) => sum + column.share, 0);
  const classOf = (index: number): string => (columns[index]?.kind === 'figure' ? ' class="figure"' : '');
  return [
    `<table><caption>${escapeHtml(caption)}</caption>`,
    `<colgroup>${columns.map(column => `<col style="width:${((100 * column.share) / whole).toFixed(2)}%">`).join('')}</colgroup>`,
    `<thead><tr>${columns.map((column, index) => `<th scope="col"${classOf(index)}>${escapeHtml(column.title)}</th>`).join('')}</tr></thead>`,
    '<tbody>',
    ...rows.map(row => `<tr>${row.map((cell, index) => `<td${classOf(index)}>${textHtml(cell)}</td>`).join('')}</tr>`),
    '</tbody></table>',
  ].join('\n');
};

const blockHtml = (block: Exclude<Block, { kind: 'heading' }>): string => {
  switch (block.kind) {
    case 'paragraph':
      return `<p>${textHtml(block.text)}</p>`;
    case 'note':
      return `<div class="note${block.tone === 'caution' ? ' caution' : ''}" role="note"><p>${textHtml(block.text)}</p></div>`;
    case 'list':
      return `<ul>\n${block.items.map(item => `<li>${textHtml(item)}</li>`).join('\n')}\n</ul>`;
    case 'facts':
      return factsHtml(block.caption, block.rows);
    case 'table':
      return tableHtml(block);
    case 'graph':
      return `<figure><div role="img" aria-label="${escapeHtml(block.caption)}">${block.svg}</div><figcaption>${escapeHtml(block.caption)}</figcaption></figure>`;
  }
};

/** The section's own heading is h2; below it no level is left out, as readers that move by headings need (WCAG 1.3.1). */
const blocksHtml = (blocks: readonly Block[]): string => {
  let deepest = 3;
  return blocks
    .map(block => {
      if (block.kind !== 'heading') return blockHtml(block);
      const level = block.level === 2 ? 3 : deepest;
      if (block.level === 2) deepest = 4;
      const id = block.id === null ? '' : ` id="${escapeHtml(block.id)}"`;
      return `<h${level}${id}>${textHtml(block.text)}</h${level}>`;
    })
    .join('\n');
};

const sectionHtml = (section: ReportSection): string =>
  `<section aria-labelledby="${section.id}">\n<h2 id="${section.id}">${escapeHtml(section.title)}</h2>\n${blocksHtml(section.blocks)}\n</section>`;

const contentsHtml = (document: ReportDocument): string =>
  `<nav aria-label="Contents"><ol>\n${document.sections
    .map(section => `<li><a href="#${section.id}">${escapeHtml(section.title)}</a></li>`)
    .join('\n')}\n</ol></nav>`;

/**
 * The report as one self-contained HTML file (UTF-8): no script, no link outside the file, every text of the evidence
 * escaped. The same model gives the same text.
 */
export const renderReportHtml = (model: ReportModel): string => {
  const document = buildReport(model);
  const title = `${document.title}: ${document.caseName}`;
  return [
    '<!DOCTYPE html>',
    '<html lang="en" dir="ltr">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<meta name="generator" content="NEXUS ${escapeHtml(document.productVersion)}">`,
    `<title>${escapeHtml(title)}</title>`,
    `<style>${REPORT_STYLE}</style>`,
    '</head>',
    '<body>',
    '<header>',
    `<h1>${escapeHtml(document.title)}</h1>`,
    `<p class="case">${escapeHtml(document.caseName)}</p>`,
    factsHtml('Particulars of the report', document.particulars),
    '</header>',
    contentsHtml(document),
    '<main>',
    ...document.sections.map(sectionHtml),
    '</main>',
    `<footer>Audit root ${escapeHtml(document.auditRootShort)}… · built ${escapeHtml(formatInstant(document.builtAt))} · NEXUS ${escapeHtml(document.productVersion)}</footer>`,
    '</body>',
    '</html>',
    '',
  ].join('\n');
};
