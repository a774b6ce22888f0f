import { type Block, code, heading, list, paragraph, type Text, table } from '../report-document.ts';
import { countOf, formatCount, formatFixed, formatInstant, formatParameters } from '../report-figures.ts';
import type { ReportCalibration, ReportModel } from '../report-model.ts';

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** A file's name as one word of a POSIX shell command, so that no character of it can act. */
const shellWord = (name: string): string => {
  const path = name.startsWith('-') ? `./${name}` : name;
  return /^[A-Za-z0-9._/=-]+$/.test(path) ? path : quoted(path);
};

/** The command that repeats the examination on the same files in a new workspace. */
export const examineCommand = (model: ReportModel): string => {
  const words = (side: 'bank' | 'ledger'): string[] =>
    model.sources.filter(source => source.side === side).map(source => shellWord(source.name));
  return [
    'nexus examine',
    ...words('bank'),
    ...words('ledger').map(word => `--ledger ${word}`),
    '--workspace new-workspace',
    `--case ${quoted(model.caseName)}`,
    '--report report.pdf',
  ].join(' ');
};

const percent = (share: number): string => `${formatFixed(share * 100, 0)} %`;

/** How well the tests found what was planted into a copy of these very records; nothing where it was not measured. */
const calibrationBlocks = (calibration: ReportCalibration | null): readonly Block[] => {
  if (calibration === null) return [];
  const { ranAt, seed, motifs, rows, tests, others } = calibration;
  return [
    heading(3, 'What the tests find of planted motifs'),
    paragraph(
      `On ${formatInstant(ranAt)} up to ${countOf(motifs, 'motif')} of a known kind were planted for each test into a copy of ${countOf(rows, 'row')} (seed ${seed}). Recall is the share that the test found, with its exact 95 % interval; the alarm rate is its findings on the records as they are. The records were not changed. A high recall is no promise: real wrongdoing follows no recipe.`,
    ),
    table(
      'Recall and alarm rate of each test on these records',
      [
        { title: 'Test', kind: 'text', share: 110 },
        { title: 'Motif', kind: 'text', share: 180 },
        { title: 'Found', kind: 'figure', share: 52 },
        { title: 'Recall', kind: 'short', share: 82 },
        { title: 'Findings', kind: 'figure', share: 48 },
        { title: 'Per 1,000', kind: 'figure', share: 50 },
      ],
      tests.map((test): readonly Text[] => [
        test.title,
        test.motif,
        `${formatCount(test.found)} of ${formatCount(test.planted)}`,
        `${percent(test.found / test.planted)} (${percent(test.recallLow)}–${percent(test.recallHigh)})`,
        formatCount(test.alarms),
        test.alarmsPerThousand === null ? 'not known' : formatFixed(test.alarmsPerThousand, 2),
      ]),
    ),
    ...(others.length === 0
      ? []
      : [paragraph(`Not calibrated: ${others.map(({ title, reason }) => `${title} (${reason})`).join('; ')}.`)]),
  ];
};

/** What was done, in order, with versions and parameters, and how anyone can do it again. */
export const methodSection = (model: ReportModel): readonly Block[] => [
  paragraph(
    `The examination ran on ${formatInstant(model.examinedAt)} with NEXUS ${model.productVersion}, which needs and uses no network to examine. Each step below is deterministic: the same files, version and parameters give the same figures and the same findings. No step changes a source.`,
  ),
  table(
    'Steps in the order in which they ran',
    [
      { title: 'No.', kind: 'short', share: 28 },
      { title: 'Step', kind: 'text', share: 150 },
      { title: 'Algorithm', kind: 'code', share: 130 },
      { title: 'Version', kind: 'short', share: 46 },
      { title: 'Parameters', kind: 'text', share: 145 },
    ],
    model.method.map((step, index): readonly Text[] => [
      String(index + 1),
      step.title,
      [code(step.algorithm)],
      step.version,
      formatParameters(step.parameters),
    ]),
  ),
  ...calibrationBlocks(model.calibration),
  heading(3, 'How to repeat it'),
  list([
    'Take copies of the files listed under Scope and compare their SHA-256 digests with those printed there.',
    [
      'With the same version of NEXUS, run ',
      code(examineCommand(model)),
      ' (for a POSIX shell, in the folder of the files).',
    ],
    'Where a file was read with choices of the examiner (“chosen” under Scope) or a parameter differs from its default, make the same choices.',
    'Figures and findings must agree with this report. Identifiers, times and the audit root will differ, because they belong to the act of examining and not to the records.',
  ]),
];
