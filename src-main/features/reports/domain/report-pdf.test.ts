import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { renderPdf } from '../../../platform/pdf-renderer.ts';
import { buildReport } from './build-report.ts';
import { plainText } from './pdf/pdf-text.ts';
import { reportDocument } from './pdf/report-document-definition.ts';
import { readPdf } from './pdf-text-reader.fixture.ts';
import { isFixedWidthPrintable, isPrintable, printableText } from './printable-text.ts';
import { fixtureRow, reportModelFixture as model } from './report-model.fixture.ts';
import type { ReportModel } from './report-model.ts';
import { visibleText } from './visible-text.ts';

const identity = { builtAt: model.builtAt, id: 'a'.repeat(64) };
const plain = async (of: ReportModel) => {
  const { bytes, pages } = await renderPdf({ ...reportDocument(of), compress: false }, identity);
  return { ...readPdf(bytes), count: pages, bytes };
};
const squeezed = (text: string): string => text.replace(/\s+/g, '');
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

describe('the report as PDF', () => {
  it('holds every cell, fact and heading of the document', async () => {
    const { pages } = await plain(model);
    // Head and foot of each page are drawn after its text.
    const text = squeezed(pages.join(' '));
    const document = buildReport(model);
    const printed = (words: string): string => squeezed(printableText(visibleText(words)).toLowerCase());
    const lower = text.toLowerCase();
    let checked = 0;
    const expectPrinted = (words: string): void => {
      checked++;
      if (!lower.includes(printed(words))) throw new Error(`the PDF lacks: ${words}`);
    };
    for (const { title, blocks } of document.sections) {
      expectPrinted(title);
      for (const block of blocks) {
        if (block.kind === 'heading') expectPrinted(plainText(block.text));
        else if (block.kind === 'table') {
          for (const row of [block.columns.map(column => column.title), ...block.rows])
            for (const cell of row) expectPrinted(plainText(cell));
        } else if (block.kind === 'facts') {
          for (const [label, value] of block.rows) {
            expectPrinted(label);
            expectPrinted(plainText(value));
          }
        }
      }
    }
    expect(checked).toBeGreaterThan(1_500);
    for (const name of [
      'Köhler & Söhne',
      'Łódź',
      'ООО «Северная Звезда»',
      'Αφοί Παπαδόπουλοι',
      'Nguyễn Thị Hồng',
      '[U+4E2D][U+6587]',
      'Safe[U+202E]fdp.exe',
    ])
      expectPrinted(name);
    expect(text).not.toContain('\uFFFD');
  });

  it('has a head and a foot on every page, and an outline', async () => {
    const { pages, count, outline } = await plain(model);
    expect(pages).toHaveLength(count);
    pages.forEach((page, index) => {
      expect(squeezed(page)).toContain(`Page${index + 1}of${count}`);
      expect(squeezed(page)).toContain('Auditrootbc2201bf9a4a2995…');
      expect(squeezed(page)).toContain('Built2026-03-0114:05:09UTC');
    });
    for (const title of ['1. Summary', '7. Tests and findings', 'Just below a threshold', '10. Terms'])
      expect(outline).toContain(title);
  });

  it('repeats the headings of a table on every page it runs over', async () => {
    const rows = Array.from({ length: 150 }, (_, index) => ({ transaction: fixtureRow(index), candidates: [] }));
    const { pages } = await plain({
      ...model,
      reconciliation: {
        ...model.reconciliation,
        matched: model.reconciliation.matched && { ...model.reconciliation.matched, unmatchedBank: 150 },
        unmatchedBank: { total: 150, shown: rows },
      },
    });
    const carrying = pages
      .map(squeezed)
      .filter(page => page.includes('outwhyitwasrefused') || page.includes('whyitwasrefused:all150'));
    expect(carrying.length).toBeGreaterThan(3);
    for (const page of carrying) expect(page).toContain('PlaceDateAmountCur.CounterpartyReferenceNearestandwhynot');
  });

  it('states title, maker and the given instant, and takes its identifier from what is given', async () => {
    const { bytes, trailer } = await plain(model);
    const file = Buffer.from(bytes).toString('latin1');
    expect(file.startsWith('%PDF-1.7')).toBe(true);
    const info = (key: string): string => {
      const reference = new RegExp(`/${key} (\\d+) 0 R`).exec(file)?.[1] ?? 'none';
      return new RegExp(`^${reference} 0 obj\n\\((.*)\\)$`, 'm').exec(file)?.[1] ?? 'none';
    };
    expect(info('Creator')).toBe('NEXUS');
    expect(info('CreationDate')).toBe('D:20260301140509Z');
    expect(info('ModDate')).toBe('D:20260301140509Z');
    expect(info('Title')).toBe('Report of a financial examination: Nordwind Handels GmbH <b>2024</b>');
    expect(info('nexusReport')).toBe(identity.id);
    expect(file.includes('/Lang (en)')).toBe(true);
    expect(/\/(JavaScript|JS|Launch|URI)\b/.test(file)).toBe(false);
    const { bytes: other } = await renderPdf(
      { ...reportDocument(model), compress: false },
      { ...identity, id: 'b'.repeat(64) },
    );
    const idOf = (text: string): string => /\/ID \[<([0-9a-f]{32})>/.exec(text)?.[1] ?? 'none';
    expect(idOf(trailer)).toMatch(/^[0-9a-f]{32}$/);
    expect(idOf(readPdf(other).trailer)).not.toBe(idOf(trailer));
  });

  it('is the same bytes again, and in another process with another clock zone and language', async () => {
    const { bytes } = await renderPdf(reportDocument(model), identity);
    const again = await renderPdf(reportDocument(model), identity);
    expect(sha256(again.bytes)).toBe(sha256(bytes));
    const script = `
      const { reportDocument } = await import('./src-main/features/reports/domain/pdf/report-document-definition.ts');
      const { reportModelFixture } = await import('./src-main/features/reports/domain/report-model.fixture.ts');
      const { renderPdf } = await import('./src-main/platform/pdf-renderer.ts');
      const { bytes } = await renderPdf(reportDocument(reportModelFixture), ${JSON.stringify(identity)});
      process.stdout.write(bytes);`;
    const other = execFileSync(process.execPath, ['--input-type=module', '--eval', script], {
      cwd: new URL('../../../../', import.meta.url),
      maxBuffer: 1 << 28,
      env: { ...process.env, TZ: 'America/St_Johns', LANG: 'de_DE.UTF-8' },
    });
    expect(sha256(other)).toBe(sha256(bytes));
  });

  it('can print every character that it claims to, in each face', async () => {
    const points = Array.from({ length: 0xffff }, (_, index) => index).filter(isPrintable);
    const characters = points.map(point => String.fromCodePoint(point));
    const fixed = characters.filter(isFixedWidthPrintable);
    const lines = (of: readonly string[]): string[] =>
      Array.from({ length: Math.ceil(of.length / 30) }, (_, i) => of.slice(30 * i, 30 * i + 30).join(' '));
    const { bytes } = await renderPdf(
      {
        compress: false,
        defaultStyle: { font: 'Roboto', fontFeatures: [] },
        content: [
          ...lines(characters).flatMap(text => [{ text }, { text, bold: true }]),
          { text: '§§§' },
          ...lines(fixed).map(text => ({ text, font: 'RobotoMono' })),
        ],
      },
      identity,
    );
    const text = readPdf(bytes).pages.join('');
    const [both = '', mono = ''] = text.split('§§§');
    expect(points.length).toBeGreaterThan(850);
    const missing = (of: readonly string[], from: string): string[] =>
      of.filter(character => character.trim() !== '' && !from.includes(character));
    expect(missing(characters, both)).toEqual([]);
    expect(missing(fixed, mono)).toEqual([]);
  });

  it('lays 1,000 rows out', async () => {
    const rows = Array.from({ length: 1_000 }, (_, index) => fixtureRow(index));
    const [test] = model.tests;
    if (test === undefined) throw new Error('the fixture has tests');
    const shown = Array.from({ length: 50 }, (_, index) => ({
      ...test.findings.shown[0]!,
      id: `finding-${String(index).padStart(3, '0')}`,
      rowCount: 20,
      rows: rows.slice(20 * index, 20 * index + 20),
    }));
    const large: ReportModel = {
      ...model,
      tests: [{ ...test, bySeverity: { medium: 50 }, findings: { total: 50, shown } }],
    };
    const { pages } = await renderPdf(reportDocument(large), identity);
    expect(pages).toBeGreaterThan(40);
  });

  it('never breaks a number or a date over lines', async () => {
    // The largest amount that the kernel holds: 2^53 − 1 minor units.
    const amount = '-90071992547409.91';
    const large = (row: ReturnType<typeof fixtureRow>) => ({ ...row, amount, date: '2024-12-31' });
    const { pieces } = await plain({
      ...model,
      duplicates: {
        ...model.duplicates,
        groups: model.duplicates.groups.map(group => ({ ...group, rows: group.rows.map(large) })),
        near: {
          total: 41,
          shown: model.duplicates.near.shown.map(pair => ({ ...pair, a: large(pair.a), b: large(pair.b) })),
        },
      },
      reconciliation: {
        ...model.reconciliation,
        balances: model.reconciliation.balances.map(line => ({
          ...line,
          opening: amount,
          credits: '90071992547409.91',
        })),
      },
    });
    const count = (piece: string): number => pieces.filter(drawn => drawn.trim() === piece).length;
    // Four records in two groups, four in two pairs, three opening balances.
    expect(count('-90,071,992,547,409.91')).toBe(11);
    expect(count('90,071,992,547,409.91')).toBe(3);
    expect(count('2024-12-31')).toBeGreaterThanOrEqual(8);
    expect(pieces.filter(drawn => /^(\d{4}-\d{2}-\d?|EU|R|Cu|r\.|Grou|p)$/.test(drawn.trim()))).toEqual([]);
  });

  it('wraps text without a space and cuts what would not fit a page, and says so', async () => {
    const monstrous: ReportModel = {
      ...model,
      tests: model.tests.map(test => ({
        ...test,
        findings: {
          ...test.findings,
          shown: test.findings.shown.map(finding => ({
            ...finding,
            rows: finding.rows.map(row => ({
              ...row,
              counterparty: '中'.repeat(5_000),
              reference: 'W'.repeat(10_000),
              description: 'x '.repeat(3_000),
            })),
          })),
        },
      })),
    };
    const { bytes, pages } = await plain(monstrous);
    expect(squeezed(pages.join(' '))).toContain('[cut;10,000charactersinall]');
    // No text starts or ends outside the page's margins: x of every text line, and its glyphs' advance, stay within 595 − 48.
    const file = Buffer.from(bytes).toString('latin1');
    const xs = [...file.matchAll(/1 0 0 1 (-?[\d.]+) (-?[\d.]+) Tm/g)].map(
      ([, x, y]) => [Number(x), Number(y)] as const,
    );
    expect(xs.length).toBeGreaterThan(1_000);
    for (const [x, y] of xs) {
      expect(x).toBeGreaterThanOrEqual(47.9);
      expect(x).toBeLessThan(595.28 - 48);
      expect(y).toBeGreaterThan(20);
      expect(y).toBeLessThan(841.89 - 20);
    }
  });
});

describe('renderPdf', () => {
  it('reads no file and fetches nothing that a definition names', async () => {
    await expect(
      renderPdf({ defaultStyle: { font: 'Roboto' }, content: [{ image: '/etc/hostname', width: 10 }] }, identity),
    ).rejects.toThrow(/denied/);
    await expect(
      renderPdf(
        {
          defaultStyle: { font: 'Roboto' },
          images: { far: 'https://127.0.0.1:9/x.png' },
          content: [{ image: 'far', width: 10 }],
        },
        identity,
      ),
    ).rejects.toThrow(/denied/);
  });

  it('refuses an instant that is none', async () => {
    await expect(
      renderPdf({ defaultStyle: { font: 'Roboto' }, content: 'x' }, { ...identity, builtAt: 'today' }),
    ).rejects.toThrow(RangeError);
  });
});
