import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskText } from '../../features/identity/domain/masking.ts';
import { renderReportHtml } from '../../features/reports/domain/html/render-report-html.ts';
import { reportModelFixture } from '../../features/reports/domain/report-model.fixture.ts';
import { maskWritten } from './written-mask.ts';

/** The Swiss example of the ISO 13616 registry, which people print with apostrophes. */
const NUMBER = 'CH9300762011623852957';
const mask = (text: string): string =>
  maskText(
    text,
    account => account === NUMBER,
    () => '••••2957·MASK',
  );
const grouped = (between: string): string => (NUMBER.match(/.{1,4}/g) ?? []).join(between);

/** What a reader of the page has before him, without what stands between: entities read, hidden characters skipped. */
const readable = (html: string): string =>
  html
    .replace(/<[^>]*>/g, '\n')
    .replace(/&(?:amp|lt|gt|quot|#\d+);/g, ' ')
    .replace(/\[U\+[0-9A-F]+\]/g, '')
    .replaceAll(/[^A-Z0-9\n]/g, '');

/** Whatever is assigned in Unicode's first plane and is no letter or digit, and some of what lies beyond. */
const BETWEEN = Array.from({ length: 0x10000 }, (_, point) => String.fromCodePoint(point)).filter(character =>
  /^[\p{P}\p{S}\p{Z}\p{M}\p{Cc}\p{Cf}\p{Lm}\p{Default_Ignorable_Code_Point}]$/u.test(character),
);
const between = fc.oneof(
  fc.constantFrom(...BETWEEN, '\u{e0001}', '\u{1f4b6}', '\u{10fffd}', '\ue000'),
  fc
    .array(fc.constantFrom(...'&<>"\'\\\n\r\t,;=\u0000\u200b\u202e\u2019'), { minLength: 1, maxLength: 4 })
    .map(all => all.join('')),
);
const around = fc.string({ unit: 'grapheme', maxLength: 8 });

describe('a report as HTML', () => {
  const reportOf = (reason: string): string =>
    renderReportHtml({
      ...reportModelFixture,
      tests: reportModelFixture.tests.map(test => ({
        ...test,
        findings: {
          ...test.findings,
          shown: test.findings.shown.map((finding, i) =>
            i === 0 && test.test === 'benford-first-two' ? { ...finding, reason } : finding,
          ),
        },
      })),
    });

  it('holds no number whole, with any character between its groups (R-25)', () => {
    const html = reportOf(BETWEEN.map(character => `of ${grouped(character)} to nobody`).join('; '));
    const before = readable(html).split(NUMBER).length - 1;
    // The test can fail: whoever may see it has it before him.
    expect(before).toBe(BETWEEN.length);
    const masked = maskWritten('text/html', html, mask);
    expect(readable(masked)).not.toContain(NUMBER);
    expect(masked.split('of ••••2957·MASK to nobody').length - 1).toBe(BETWEEN.length);
    expect(masked.match(/<[^>]*>/g)).toEqual(html.match(/<[^>]*>/g));
  }, 60_000);

  it('stays as it was, byte for byte, where it holds none', () => {
    const html = renderReportHtml(reportModelFixture);
    expect(maskWritten('text/html', html, text => text)).toBe(html);
    // Masks that are the numbers themselves: nothing but the fixture's accounts is taken for one.
    const same = (text: string): string =>
      maskText(
        text,
        () => false,
        account => account,
      );
    expect(maskWritten('text/html', html, same)).toBe(html);
  });

  it('is masked in attributes and in the labels of graphs, and stays inert', () => {
    const html = `<p title="${grouped('&#39;')}">a</p><text x="1">${grouped('&#39;')} &#60;b&#62;</text>`;
    expect(maskWritten('text/html', html, mask)).toBe(
      '<p title="••••2957·MASK">a</p><text x="1">••••2957·MASK &lt;b&gt;</text>',
    );
  });
});

const RFC_4180 = { record_delimiter: '\r\n' };

describe('exports', () => {
  it('as CSV hold no number whole and keep their rows and columns (property)', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(around, between, around), { minLength: 1, maxLength: 6 }), rows => {
        const cells = rows.map(([before, joint, after]) => [
          `${before} ${grouped(joint)} ${after}`,
          '120',
          '240',
          before,
        ]);
        const csv = stringify(cells, { escape_formulas: true, quoted_match: /[\r\n]/, ...RFC_4180 });
        const masked = parse(maskWritten('text/csv', csv, mask), RFC_4180) as string[][];
        const plain = parse(csv, RFC_4180) as string[][];
        expect(masked).toEqual(plain.map(row => row.map(mask)));
        expect(
          masked
            .flat()
            .join('\n')
            .replaceAll(/[^A-Z0-9\n]/g, ''),
        ).not.toContain(NUMBER);
      }),
    );
  });

  it('as CSV are never joined across cells', () => {
    expect(maskWritten('text/csv', 'CH93,0076,2011\r\n6238,5295,7\r\n', mask)).toBe(
      'CH93,0076,2011\r\n6238,5295,7\r\n',
    );
  });

  it('as JSON hold no number whole, and stay JSON (property)', () => {
    fc.assert(
      fc.property(around, between, around, (before, joint, after) => {
        const value = { name: `${before} ${grouped(joint)} ${after}`, rows: [1, before] };
        const masked = maskWritten('application/json', JSON.stringify(value, null, 2), mask);
        expect(JSON.parse(masked)).toEqual({ name: mask(value.name), rows: [1, mask(before)] });
        expect(mask(value.name)).toContain('••••2957·MASK');
      }),
    );
  });
});
