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

/**
 * Counts as bars with the expected counts as a line, in SVG without scripts or styles. Bars with z above 2.576 are dark.
 * Coordinates are fixed to hundredths, so the text is the same on every machine. Empty text where there are no bins.
 */
export const binGraph = (bins: readonly ReportBin[]): string => {
  if (bins.length === 0) return '';
  const largest = Math.max(1, ...bins.flatMap(bin => [bin.count, bin.expected]));
  const step = niceStep(largest);
  const top = Math.ceil(largest / step) * step;
  const width = (GRAPH_WIDTH - LEFT - RIGHT) / bins.length;
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
    const upper = y(bin.count);
    parts.push(
      `<rect x="${(x(index) + width * 0.12).toFixed(2)}" y="${upper.toFixed(2)}" width="${(width * 0.76).toFixed(2)}" height="${(floor - upper).toFixed(2)}" fill="${Math.abs(bin.z ?? 0) > Z_MARKED ? BAR_MARKED : BAR}"/>`,
    );
  });
  const every = Math.ceil(bins.length / MOST_LABELS / 5) * 5 || 1;
  const spacing = bins.length <= MOST_LABELS ? 1 : every;
  bins.forEach((bin, index) => {
    if (index % spacing === 0) parts.push(svgText(x(index) + width / 2, floor + 10, 'middle', bin.key));
  });
  const curve = bins
    .map((bin, index) => `${(x(index) + width / 2).toFixed(2)},${y(bin.expected).toFixed(2)}`)
    .join(' ');
  parts.push(`<polyline points="${curve}" fill="none" stroke="${CURVE}" stroke-width="1.2"/>`);
  const key = HEIGHT - 6;
  parts.push(
    `<rect x="${LEFT}" y="${key - 6}" width="8" height="6" fill="${BAR}"/>`,
    svgText(LEFT + 11, key, 'start', 'count found'),
  );
  parts.push(
    `<rect x="${LEFT + 70}" y="${key - 6}" width="8" height="6" fill="${BAR_MARKED}"/>`,
    svgText(LEFT + 81, key, 'start', `count found, z above ${Z_MARKED}`),
  );
  parts.push(
    `<line x1="${LEFT + 200}" y1="${key - 3}" x2="${LEFT + 214}" y2="${key - 3}" stroke="${CURVE}" stroke-width="1.2"/>`,
    svgText(LEFT + 218, key, 'start', 'count expected'),
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${GRAPH_WIDTH} ${HEIGHT}" width="${GRAPH_WIDTH}" height="${HEIGHT}">${parts.join('')}</svg>`;
};
