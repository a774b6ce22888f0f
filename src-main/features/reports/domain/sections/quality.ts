import { alert, type Block, good, heading, paragraph, strong, type Text, table } from '../report-document.ts';
import { formatCount, formatScore, formatShare, formatThreshold } from '../report-figures.ts';
import type { ReportModel, ReportQuality } from '../report-model.ts';

const verdict = (met: boolean | null): Text => {
  if (met === null) return 'not tested';
  return [met ? good('met') : alert('missed')];
};

const measured = (quality: ReportQuality): readonly Block[] => [
  paragraph([
    'Score: ',
    strong(formatScore(quality.score)),
    '. It is computed from the dimensions below with the weights given there. It says how complete and consistent the records are, not whether they are true. Scores and shares are cut, never rounded up.',
  ]),
  table(
    'Dimensions of quality',
    [
      { title: 'Dimension', kind: 'text', share: 90 },
      { title: 'Score', kind: 'figure', share: 70 },
      { title: 'Weight', kind: 'figure', share: 44 },
      { title: 'What it means', kind: 'text', share: 295 },
    ],
    Object.entries(quality.dimensions).map(([name, dimension]): readonly Text[] => [
      name,
      formatScore(dimension.score),
      String(dimension.weight),
      dimension.explanation,
    ]),
  ),
  heading(3, 'Rules'),
  table(
    'Rules of quality: what was tested and how many records passed',
    [
      { title: 'Rule', kind: 'text', share: 120 },
      { title: 'Formula', kind: 'text', share: 126 },
      { title: 'Tested', kind: 'figure', share: 48 },
      { title: 'Passed', kind: 'figure', share: 48 },
      { title: 'Failed', kind: 'figure', share: 42 },
      { title: 'Share', kind: 'figure', share: 40 },
      { title: 'Threshold', kind: 'figure', share: 44 },
      { title: 'Result', kind: 'short', share: 40 },
    ],
    quality.rules.map((rule): readonly Text[] => [
      `${rule.title} (${rule.id})`,
      rule.formula,
      formatCount(rule.tested),
      formatCount(rule.passed),
      formatCount(rule.failed),
      formatShare(rule.passed, rule.tested),
      formatThreshold(rule.threshold),
      verdict(rule.met),
    ]),
  ),
];

/** How good the records are for examining them. */
export const qualitySection = (model: ReportModel): readonly Block[] =>
  model.quality === null ? [paragraph('The quality of the records was not measured.')] : measured(model.quality);
