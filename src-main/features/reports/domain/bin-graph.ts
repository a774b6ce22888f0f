import { formatCount } from './report-figures.ts';
import type { ReportBin } from './report-model.ts';

/** Width of the graph in points; the viewBox uses the same units. */
export const GRAPH_WIDTH = 499;
const HEIGHT = 190;
const LEFT = 42;
const RIGHT = 6;
const TOP = 12;
const BOTTOM = 34;
const MOST_LABELS = 30;
/** Mean width of a character and height of a line of a label, in points. */
const LABEL_CHARACTER = 3.9;
const LABEL_LINE = 8;

/** Two-sided 1 % point of the normal distribution, as the digit tests use it. */
export const Z_MARKED = 2.576;

const BAR = '#9db1c9';
const BAR_MARKED = '#1f3a5f';
const CURVE = '#a3301c';
const INK = '#333b47';
const RULE = '#d5dae1';

const escapeXml = (text: string): string => text.replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`);

/** A step of 1, 2 or 5 × 10^n that divides the range into at most five parts. */
const niceStep = (largest: number): number => {
  const rough = largest / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].find(factor => factor * power >= rough) ?? 10;
  return Math.max(1, step * power);
};

const svgText = (x: number, y: number, anchor: string, text: string): string =>
  `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" font-family="Roboto, sans-serif" font-size="7.5" fill="${INK}" text-anchor="${anchor}">${escapeXml(text)}</text>`;

/** What the bars are: sums where the test expects a sum of each group, else rows. */
export const isOfMoney = (bins: readonly ReportBin[]): boolean =>
  bins.some(({ expectedAmount }) => expectedAmount !== undefined);

export const isMarked = ({ z }: ReportBin): boolean => Math.abs(z ?? 0) > Z_MARKED;

/** Height of each bar and of the line at it; the line is left out where a group has no expectation. For the eye only. */
const heightsOf = (bins: readonly ReportBin[]): readonly { found: number; expected: number | null }[] =>
  isOfMoney(bins)
    ? bins.map(({ amount, expectedAmount }) => ({ found: Number(amount), expected: Number(expectedAmount) }))
    : bins.map(({ count, expected }) => ({ found: count, expected }));

/** A label in lines that fit the width of its bar; a single word is never parted. */
const labelLines = (label: string, width: number): readonly string[] => {
  const lines: string[] = [];
  for (const word of label.split(' ')) {
    const last = lines.at(-1);
    if (last === undefined || (last.length + 1 + word.length) * LABEL_CHARACTER > width) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
};

/** What the colours mean, of those that are in the picture. */
const keyOf = (bins: readonly ReportBin[], hasLine: boolean, y: number): string => {
  const noun = isOfMoney(bins) ? 'sum' : 'count';
  const swatch = (x: number, fill: string): string =>
    `<rect x="${x}" y="${y - 6}" width="8" height="6" fill="${fill}"/>`;
  return [
    swatch(LEFT, BAR),
    svgText(LEFT + 11, y, 'start', `${noun} found`),
    ...(bins.some(({ z }) => z !== null)
      ? [swatch(LEFT + 70, BAR_MARKED), svgText(LEFT + 81, y, 'start', `${noun} found, z above ${Z_MARKED}`)]
      : []),
    ...(hasLine
      ? [
          `<line x1="${LEFT + 200}" y1="${y - 3}" x2="${LEFT + 214}" y2="${y - 3}" stroke="${CURVE}" stroke-width="1.2"/>`,
          svgText(LEFT + 218, y, 'start', `${noun} expected`),
        ]
      : []),
  ].join('');
};

/**
 * What was found as bars, with what is expected as a line where something is, in SVG without scripts or styles. Bars with z above
 * 2.576 are dark. Coordinates are fixed to hundredths, so the text is the same on every machine. Empty text where there are no bins.
 */
export const binGraph = (bins: readonly ReportBin[]): string => {
  if (bins.length === 0) return '';
  const heights = heightsOf(bins);
  const largest = Math.max(1, ...heights.flatMap(({ found, expected }) => [found, expected ?? 0]));
  const step = niceStep(largest);
  const top = Math.ceil(largest / step) * step;
  const width = (GRAPH_WIDTH - LEFT - RIGHT) / bins.length;
  const every = Math.ceil(bins.length / MOST_LABELS / 5) * 5 || 1;
  const spacing = bins.length <= MOST_LABELS ? 1 : every;
  const labels = bins.map(({ key }, index) => (index % spacing === 0 ? labelLines(key, width * spacing) : []));
  const height = HEIGHT + LABEL_LINE * (Math.max(...labels.map(({ length }) => length)) - 1);
  const floor = HEIGHT - BOTTOM;
  const x = (index: number): number => LEFT + index * width;
  const y = (value: number): number => floor - (value / top) * (floor - TOP);
  const parts: string[] = [];
  for (let value = 0; value <= top + step / 2; value += step) {
    const level = y(value).toFixed(2);
    parts.push(
      `<line x1="${LEFT}" y1="${level}" x2="${GRAPH_WIDTH - RIGHT}" y2="${level}" stroke="${RULE}" stroke-width="0.5"/>`,
    );
    parts.push(svgText(LEFT - 4, y(value) + 2.6, 'end', formatCount(value)));
  }
  bins.forEach((bin, index) => {
    const upper = y(heights[index]!.found);
    parts.push(
      `<rect x="${(x(index) + width * 0.12).toFixed(2)}" y="${upper.toFixed(2)}" width="${(width * 0.76).toFixed(2)}" height="${(floor - upper).toFixed(2)}" fill="${isMarked(bin) ? BAR_MARKED : BAR}"/>`,
    );
  });
  labels.forEach((lines, index) => {
    lines.forEach((line, i) => {
      parts.push(svgText(x(index) + width / 2, floor + 10 + LABEL_LINE * i, 'middle', line));
    });
  });
  const curve = heights.flatMap(({ expected }, index) =>
    expected === null ? [] : [`${(x(index) + width / 2).toFixed(2)},${y(expected).toFixed(2)}`],
  );
  if (curve.length > 0)
    parts.push(`<polyline points="${curve.join(' ')}" fill="none" stroke="${CURVE}" stroke-width="1.2"/>`);
  parts.push(keyOf(bins, curve.length > 0, height - 6));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${GRAPH_WIDTH} ${height}" width="${GRAPH_WIDTH}" height="${height}">${parts.join('')}</svg>`;
};
