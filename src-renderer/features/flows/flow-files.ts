import type { FlowView } from './flow-view.ts';

/** What of a picture's look is written into its file: a file has no style sheet. */
const DRAWN = [
  'fill',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'font-family',
  'font-size',
  'font-weight',
  'opacity',
] as const;

const withStyle = (source: Element, copy: Element): void => {
  const style = getComputedStyle(source);
  for (const name of DRAWN) copy.setAttribute(name, style.getPropertyValue(name));
  for (const name of [
    'class',
    'tabindex',
    'role',
    'aria-pressed',
    'data-node',
    'data-kind',
    'data-touches',
    'data-returns',
  ])
    copy.removeAttribute(name);
  for (const [at, child] of [...source.children].entries()) withStyle(child, copy.children[at]!);
};

const LINE_HEIGHT = 18;

/** The picture as an SVG document of its own, on a ground, with a legend of text lines below it. */
export const svgDocument = (svg: SVGSVGElement, ground: string, legend: readonly string[]): string => {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  withStyle(svg, copy);
  const [width, height] = [Number(svg.getAttribute('width')), Number(svg.getAttribute('height'))];
  const whole = height + (legend.length + 1) * LINE_HEIGHT;
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.setAttribute('height', String(whole));
  copy.setAttribute('viewBox', `0 0 ${width} ${whole}`);
  const namespace = 'http://www.w3.org/2000/svg';
  const back = document.createElementNS(namespace, 'rect');
  for (const [name, value] of [
    ['width', '100%'],
    ['height', '100%'],
    ['fill', ground],
  ] as const)
    back.setAttribute(name, value);
  copy.insertBefore(back, copy.firstChild);
  const ink = getComputedStyle(svg).color;
  for (const [line, text] of legend.entries()) {
    const element = document.createElementNS(namespace, 'text');
    element.textContent = text;
    for (const [name, value] of [
      ['x', '24'],
      ['y', String(height + (line + 1) * LINE_HEIGHT)],
      ['fill', ink],
      ['font-family', 'Inter, sans-serif'],
      ['font-size', '12'],
    ] as const)
      element.setAttribute(name, value);
    copy.appendChild(element);
  }
  return new XMLSerializer().serializeToString(copy);
};

/** A text that a spreadsheet must not take for a formula (CWE-1236), quoted. */
const field = (text: string): string => `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;

/** The edges as CSV, one line an edge and currency. */
export const csvOf = (view: FlowView, head: readonly string[]): string => {
  const names = new Map(view.nodes.map(node => [node.id, node.name]));
  const lines = view.edges.flatMap(edge =>
    edge.totals.map(({ currency, amount, movements }) =>
      [
        field(names.get(edge.from) ?? edge.from),
        field(names.get(edge.to) ?? edge.to),
        amount,
        currency ?? '',
        movements,
        edge.first,
        edge.last,
      ].join(','),
    ),
  );
  return `${[head.map(field).join(','), ...lines].join('\r\n')}\r\n`;
};
