import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';
import { renderReportHtml } from './html/render-report-html.ts';
import { fixtureRow, reportModelFixture as model } from './report-model.fixture.ts';
import type { ReportModel } from './report-model.ts';

const html = renderReportHtml(model);

/** The page as XML: void elements closed, so that a strict parser proves every tag is ours and balanced. */
const elementsOf = (page: string): { name: string; attributes: Record<string, string> }[] => {
  const elements: { name: string; attributes: Record<string, string> }[] = [];
  const parser = new SaxesParser();
  parser.on('opentag', tag => elements.push({ name: tag.name, attributes: tag.attributes as Record<string, string> }));
  parser.on('error', error => {
    throw error;
  });
  parser.write(page.replace('<!DOCTYPE html>\n', '').replace(/<(meta|col)\b([^>]*)>/g, '<$1$2/>')).close();
  return elements;
};

const textOf = (page: string): string =>
  page
    .replace(/<style>[^<]*<\/style>/, '')
    .replace(/<[^>]+>/g, '\n')
    .replace(
      /&(amp|lt|gt|quot|#39);/g,
      (_, name: string) => ({ amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" })[name] ?? '',
    );

describe('the report as HTML', () => {
  it('prints what the tests found of planted motifs, and nothing where it was not measured', () => {
    expect(textOf(html)).toMatch(/19 of 20\s+95 % \(75 %–100 %\)\s+3\s+0\.59/);
    expect(textOf(html)).toContain(
      'Not calibrated: First two digits (no motif is known that could be planted for it).',
    );
    expect(textOf(renderReportHtml({ ...model, calibration: null }))).not.toContain('planted motifs');
  });

  it('is well-formed and holds no script, handler, image or link to anywhere', () => {
    const elements = elementsOf(html);
    const names = new Set(elements.map(element => element.name));
    for (const name of ['script', 'img', 'iframe', 'object', 'link', 'form', 'b']) expect(names.has(name)).toBe(false);
    for (const { attributes } of elements) {
      for (const name of Object.keys(attributes)) expect(name).not.toMatch(/^on/i);
      expect(attributes.href ?? '#').toMatch(/^#/);
      expect(attributes.src).toBeUndefined();
    }
    // As a word inside the raw record the address stays; it must not be one that anything can follow.
    expect(html).not.toMatch(/(href|src|url)\s*[=(]\s*["']?https?:/);
  });

  it('makes hostile text inert and hidden characters visible', () => {
    expect(html).toContain('&lt;script&gt;alert(&quot;paid&quot;)&lt;/script&gt;');
    expect(html).toContain('Safe[U+202E]fdp.exe Ltd');
    expect(html).toContain('desrever[U+0000]');
    expect(html.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u200b-\u200f\u202a-\u202e\u2066-\u2069]/u);
    expect(html).toContain('中文贸易有限公司');
  });

  it('keeps hostile text inert in every text of the model', () => {
    const hostile = `"'><img src=x onerror=alert(1)>&amp;`;
    const poisoned = JSON.parse(
      JSON.stringify(model, (key, value: unknown) =>
        typeof value === 'string' &&
        [
          'caseName',
          'name',
          'actor',
          'reason',
          'stateReason',
          'counterparty',
          'reference',
          'description',
          'raw',
          'message',
          'title',
          'formula',
          'explanation',
          'account',
          'source',
          'notRun',
        ].includes(key)
          ? hostile
          : value,
      ),
    ) as ReportModel;
    const [first, ...rest] = poisoned.tests;
    if (first === undefined) throw new Error('the fixture has tests');
    const named = { ...first, statistics: { [hostile]: 1 }, bins: [{ key: hostile, count: 1, expected: 1, z: 0 }] };
    const page = renderReportHtml({ ...poisoned, tests: [named, ...rest] });
    expect(elementsOf(page).some(({ name }) => name === 'img')).toBe(false);
  });

  it('has the tables and headings a screen reader needs', () => {
    const elements = elementsOf(html);
    const headers = elements.filter(element => element.name === 'th');
    expect(headers.length).toBeGreaterThan(100);
    for (const { attributes } of headers) expect(['col', 'row']).toContain(attributes.scope);
    const levels = elements.filter(({ name }) => /^h\d$/.test(name)).map(({ name }) => Number(name[1]));
    expect(levels.filter(level => level === 1)).toHaveLength(1);
    for (const [index, level] of levels.entries()) expect(level).toBeLessThanOrEqual((levels[index - 1] ?? 0) + 1);
    const ids = elements.flatMap(({ attributes }) => attributes.id ?? []);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('prints the figures of the model', () => {
    const text = textOf(html);
    for (const source of model.sources) {
      expect(text).toContain(source.sha256);
      expect(text).toContain(`${String(source.bytes).replace(/\B(?=(\d{3})+$)/g, ',')} bytes`);
    }
    // 5,101 + 1,204 + 113 transactions; 27 + 1 + 2 + 1 findings.
    for (const figure of [
      '6,418 transactions',
      '98.9 of 100',
      '4,025 bank transactions',
      'off by -5.00',
      '90,071,992,547,409.93',
      '\n31\n',
    ])
      expect(text).toContain(figure);
    expect(text).toContain(model.audit.root);
    expect(text).toContain('unwitnessed: 14 entries');
    expect(text).toContain('22 further findings are in the workspace, where the Findings screen lists them all.');
    expect(text).toContain('Rows of finding 1: first 20 of 84');
    expect(text).toContain('explained, because: Two cash withdrawals on one day; receipts seen, exhibit 14.');
    for (const test of model.tests)
      for (const finding of test.findings.shown)
        for (const row of finding.rows) {
          const cells = [
            `S1 row ${String(row.row).replace(/\B(?=(\d{3})+$)/g, ',')}`,
            row.date ?? '—',
            row.amount.replace(/\B(?=(\d{3})+\.)/g, ','),
            row.currency ?? '—',
            row.counterparty.replace('\u202E', '[U+202E]') || '—',
            row.reference || '—',
            row.description || '—',
          ];
          expect(text).toContain(`\n${cells.join('\n\n')}\n`);
        }
  });

  it('prints of a long distribution the groups that stand out, and how many others there are', () => {
    const [first, ...rest] = model.tests;
    if (first === undefined) throw new Error('the fixture has tests');
    const long = (marked: number) =>
      Array.from({ length: 900 }, (_, i) => ({
        key: `G${100 + i}`,
        count: i,
        expected: 1,
        z: i < marked ? 3 + i / 1000 : 0.5,
      }));
    const page = (marked: number): string =>
      textOf(renderReportHtml({ ...model, tests: [{ ...first, bins: long(marked) }, ...rest] }));
    const printed = (text: string): string[] => text.match(/^G\d{3}$/gm) ?? [];
    // Labels of the graph are every thirtieth group; the table's cells are counted beside them.
    const labels = 30;
    expect(printed(page(3)).slice(labels)).toEqual(['G102', 'G101', 'G100']);
    expect(page(3)).toContain('The 3 groups with z above 2.576, furthest first');
    expect(page(3)).toContain('897 other groups are in the workspace');
    expect(printed(page(0))).toHaveLength(labels + 20);
    expect(page(0)).toContain('The 20 groups furthest from what is expected');
    expect(page(0)).toContain('880 other groups are');
    expect(printed(page(500))).toHaveLength(labels + 100);
    expect(page(500)).toContain('The 100 furthest of 500 groups with z above 2.576');
    expect(page(500)).toContain('500 with z above 2.576. If the expectation held, chance alone');
  });

  it('prints sums beside rows, no expectation where there is none, and no chance where there is no z', () => {
    const [first, ...rest] = model.tests;
    if (first === undefined) throw new Error('the fixture has tests');
    const page = (bins: (typeof first)['bins']): string =>
      renderReportHtml({ ...model, tests: [{ ...first, title: 'The test', bins }, ...rest.slice(1)] });
    const sums = page([
      { key: '10', count: 1299, expected: null, z: null, amount: '90071992547409931.25', expectedAmount: '44.26' },
      { key: '11', count: 0, expected: null, z: null, amount: '0.00', expectedAmount: '44.26' },
    ]);
    expect(textOf(sums)).toMatch(/10\s+1,299\s+90,071,992,547,409,931\.25\s+44\.26/);
    expect(textOf(sums)).toContain('Sum found (bars) and expected (line) for 2 groups.');
    const profile = page([{ key: '0 to 30 days', count: 2, expected: null, z: null, amount: '-3.00' }]);
    expect(textOf(profile)).toMatch(/Group\s+Rows\s+Sum\s+0 to 30 days\s+2\s+-3\.00/);
    expect(textOf(profile)).toContain('Rows in each of 1 group; nothing is expected of them.');
    for (const text of [sums, profile]) expect(textOf(text)).not.toContain('chance alone would mark');
    expect([sums.includes('<polyline'), profile.includes('<polyline')]).toEqual([true, false]);
  });

  it('says of tests without findings in a few lines what they ran on, and of those that did not run why', () => {
    const text = textOf(html).replace(/\s+/g, ' ');
    expect(text).toContain(
      'Gaps in a sequence (sequence-gap, version 1.0.0): 5,214 of 5,214 rows tested; 0 left out. Figures: series tested 1; series too small 2; series not consecutive 0; gaps 0; missing numbers 0; jumps 0. Numbers missing before the first or after the last of a series cannot be seen.',
    );
    expect(text).toContain('Velocity (velocity): the records have no column “date”.');
    // A profile has no findings by its nature: its distribution is printed all the same.
    const profile = { ...model.tests[3]!, bins: [{ key: 'over 90 days', count: 7, expected: null, z: null }] };
    const tests = [...model.tests.slice(0, 3), profile, ...model.tests.slice(4)];
    expect(textOf(renderReportHtml({ ...model, tests })).match(/over 90 days/g)?.length).toBeGreaterThan(1);
  });

  it('never calls a lead a fraud', () => {
    const text = textOf(html);
    expect(text.match(/fraud/gi)).toEqual(['fraud']);
    expect(text).toContain('It is not a finding of fraud, error or intent.');
  });

  it('says that a proof does not foot where its parts do not add up', () => {
    const { matched } = model.reconciliation;
    if (matched === null) throw new Error('the fixture has a ledger');
    const [line] = matched.proof;
    if (line === undefined) throw new Error('the fixture has a proof');
    const wrong = (proof: ReportModel['reconciliation']['matched']): string =>
      textOf(renderReportHtml({ ...model, reconciliation: { ...model.reconciliation, matched: proof } }));
    expect(wrong(matched)).not.toContain('does not foot');
    // The contract says that it foots, the figures say that it does not: the figures count.
    expect(wrong({ ...matched, proof: [{ ...line, difference: '-2130.51' }] })).toContain('The proof does not foot');
  });

  it('refuses a model that contradicts itself or a row without a listed source', () => {
    expect(() => renderReportHtml({ ...model, rejected: { ...model.rejected, total: 4 } })).toThrow(/rejected records/);
    const [first, ...rest] = model.tests;
    if (first === undefined) throw new Error('the fixture has tests');
    expect(() => renderReportHtml({ ...model, tests: [{ ...first, bySeverity: { medium: 2 } }, ...rest] })).toThrow(
      /findings of benford/,
    );
    const stray = {
      total: 1,
      shown: [{ score: 1, agree: [], differ: [], a: fixtureRow(1), b: fixtureRow(2, 'no-such-source') }],
    };
    expect(() => renderReportHtml({ ...model, duplicates: { ...model.duplicates, near: stray } })).toThrow(
      /no-such-source/,
    );
  });

  it('prints an empty examination without failing', () => {
    const text = textOf(
      renderReportHtml({
        ...model,
        sources: [],
        method: [],
        quality: null,
        duplicates: { exactGroups: 0, exactRows: 0, confirmed: 0, groups: [], near: { total: 0, shown: [] } },
        reconciliation: {
          matched: null,
          balances: [],
          chain: [],
          proposals: { total: 0, shown: [] },
          unmatchedBank: { total: 0, shown: [] },
          unmatchedLedger: { total: 0, shown: [] },
        },
        tests: [],
        rejected: { total: 0, shown: [] },
        warnings: { total: 0, shown: [] },
        audit: { ...model.audit, verification: null },
      }),
    );
    expect(text).toContain('No forensic test was run.');
    expect(text).toContain('not re-computed when this report was built');
  });

  it('is the same text in another process', () => {
    const script = `
      const { renderReportHtml } = await import('./src-main/features/reports/domain/html/render-report-html.ts');
      const { reportModelFixture } = await import('./src-main/features/reports/domain/report-model.fixture.ts');
      process.stdout.write(renderReportHtml(reportModelFixture));`;
    const root = new URL('../../../../', import.meta.url);
    const other = execFileSync(process.execPath, ['--input-type=module', '--eval', script], {
      cwd: root,
      maxBuffer: 1 << 28,
      env: { ...process.env, TZ: 'Asia/Kolkata', LANG: 'de_DE.UTF-8' },
    });
    expect(createHash('sha256').update(other).digest('hex')).toBe(createHash('sha256').update(html).digest('hex'));
  });
});
