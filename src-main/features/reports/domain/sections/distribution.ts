import { binGraph, GRAPH_WIDTH, isMarked, isOfMoney, Z_MARKED } from '../bin-graph.ts';
import { REPORT_CAPS } from '../report-caps.ts';
import { type Block, type Column, code, paragraph, strong, type Text, table } from '../report-document.ts';
import { countOf, formatAmount, formatCount, formatFixed, NOT_GIVEN } from '../report-figures.ts';
import type { ReportBin, ReportTest } from '../report-model.ts';

/** The table is folded into this many columns of groups, side by side; names of bands and sums need more room. */
const DIGIT_FOLDS = 3;
const MONEY_FOLDS = 2;
const UNFOLDED_BINS = 15;

interface Figure {
  readonly column: Column;
  readonly cell: (bin: ReportBin) => Text;
}

const figure = (title: string, share: number, cell: (bin: ReportBin) => Text): Figure => ({
  column: { title, kind: 'figure', share },
  cell,
});

const zText = (bin: ReportBin): Text => {
  if (bin.z === null) return '–';
  return isMarked(bin) ? [strong(formatFixed(bin.z, 2))] : formatFixed(bin.z, 2);
};

/** The figures that the groups have: what no test states has no column. */
const figuresOf = (bins: readonly ReportBin[]): readonly Figure[] => {
  const isTested = bins.some(({ expected }) => expected !== null);
  const hasSums = bins.some(({ amount }) => amount !== undefined);
  return [
    {
      column: { title: 'Group', kind: hasSums && !isOfMoney(bins) ? 'text' : 'short', share: hasSums ? 60 : 34 },
      cell: bin => bin.key,
    },
    figure(isTested ? 'Found' : 'Rows', 44, bin => formatCount(bin.count)),
    ...(hasSums ? [figure('Sum', 70, ({ amount }) => (amount === undefined ? NOT_GIVEN : formatAmount(amount)))] : []),
    ...(isOfMoney(bins)
      ? [
          figure('Expected sum', 70, ({ expectedAmount }) =>
            expectedAmount === undefined ? NOT_GIVEN : formatAmount(expectedAmount),
          ),
        ]
      : []),
    ...(isTested
      ? [figure('Expected', 50, ({ expected }) => (expected === null ? NOT_GIVEN : formatFixed(expected, 1)))]
      : []),
    ...(bins.some(({ z }) => z !== null) ? [figure('z', 38, zText)] : []),
  ];
};

const binTable = (caption: string, bins: readonly ReportBin[], all: readonly ReportBin[]): Block => {
  const figures = figuresOf(all);
  const most = all.some(({ amount }) => amount !== undefined) ? MONEY_FOLDS : DIGIT_FOLDS;
  const folds = bins.length > UNFOLDED_BINS ? most : 1;
  const height = Math.ceil(bins.length / folds);
  const cells = (bin: ReportBin | undefined): readonly Text[] =>
    figures.map(({ cell }) => (bin === undefined ? '' : cell(bin)));
  return table(
    `${caption}${folds > 1 ? ' (read down, then to the right)' : ''}${all.some(({ z }) => z !== null) ? `; z above ${Z_MARKED} in bold` : ''}`,
    Array.from({ length: folds }, () => figures.map(({ column }) => column)).flat(),
    Array.from({ length: height }, (_, row) =>
      Array.from({ length: folds }, (_, fold) => cells(bins[fold * height + row])).flat(),
    ),
  );
};

const wholeCaption = (bins: readonly ReportBin[]): string => {
  if (isOfMoney(bins)) return 'Rows, sum and expected sum of each group';
  if (bins.some(({ expected }) => expected !== null)) return 'Found and expected in each group';
  return bins.some(({ amount }) => amount !== undefined) ? 'Rows and sum of each group' : 'Rows of each group';
};

/** The groups of a long distribution that are printed, furthest from what is expected first. */
const printedOf = (bins: readonly ReportBin[]): { readonly words: string; readonly printed: readonly ReportBin[] } => {
  const size = ({ z }: ReportBin): number => Math.abs(z ?? 0);
  const ranked = bins.toSorted((a, b) => size(b) - size(a));
  const marked = ranked.filter(isMarked);
  if (marked.length === 0) {
    const printed = ranked.slice(0, REPORT_CAPS.furthestBins);
    return { words: `The ${formatCount(printed.length)} groups furthest from what is expected`, printed };
  }
  const printed = marked.slice(0, REPORT_CAPS.bins);
  const words =
    printed.length === marked.length
      ? `The ${countOf(marked.length, 'group')} with z above ${Z_MARKED}, furthest first`
      : `The ${formatCount(printed.length)} furthest of ${countOf(marked.length, 'group')} with z above ${Z_MARKED}`;
  return { words, printed };
};

const tableBlocks = (test: ReportTest): readonly Block[] => {
  const { bins } = test;
  // A profile has as many groups as the examiner asked for, and none that stands out.
  if (bins.length <= REPORT_CAPS.bins || bins.every(({ z }) => z === null))
    return [binTable(wholeCaption(bins), bins, bins)];
  const { words, printed } = printedOf(bins);
  const rest = bins.length - printed.length;
  return [
    binTable(words, printed, bins),
    paragraph([
      strong(
        `${countOf(rest, 'other group is', 'other groups are')} in the workspace, where the Tests screen lists them all.`,
      ),
      ' The command under Method prints them all with ',
      code('--json'),
      '.',
    ]),
  ];
};

const captionOf = ({ bins }: ReportTest): string => {
  const groups = countOf(bins.length, 'group');
  const figures = 'The table below gives the figures.';
  if (isOfMoney(bins)) return `Sum found (bars) and expected (line) for ${groups}. ${figures}`;
  if (bins.every(({ expected }) => expected === null))
    return `Rows in each of ${groups}; nothing is expected of them. ${figures}`;
  const head = `Counts found (bars) and expected (line) for ${groups}`;
  if (bins.every(({ z }) => z === null)) return `${head}. ${figures}`;
  const marked = bins.filter(isMarked).length;
  return `${head}; ${formatCount(marked)} with z above ${Z_MARKED}. If the expectation held, chance alone would mark about 1 in 100. ${figures}`;
};

/** The distribution of a test as a graph and a table; of more than a hundred groups those that stand out, and how many others there are. */
export const distributionOf = (test: ReportTest): readonly Block[] =>
  test.bins.length === 0
    ? []
    : [
        { kind: 'graph', svg: binGraph(test.bins), widthPoints: GRAPH_WIDTH, caption: captionOf(test) },
        ...tableBlocks(test),
      ];
