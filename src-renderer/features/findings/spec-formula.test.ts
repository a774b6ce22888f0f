import { describe, expect, it } from 'vitest';
import { formulaLines, readSpecification } from './spec-formula.ts';

describe('the formula of a test', () => {
  it('is the section of its specification, without marks', () => {
    const page =
      '# x\n## Input\nrows\n## Formula\nLet *n* be **all** `rows`.\n\n| figure | formula |\n|---|---|\n| `z` | \\|a\\| |\n## Source\nbook\n';
    expect(formulaLines(page)).toEqual(['Let n be all rows.', 'figure — formula', 'z — |a|']);
    expect(formulaLines('# x\n## Source\nbook')).toEqual([]);
  });

  it('is shipped: the page of velocity says what is compared', async () => {
    const page = await readSpecification('velocity');
    // docs/specs/velocity.md
    expect(formulaLines(page ?? '').join(' ')).toContain('c × a > factor × r');
    expect(await readSpecification('no-such-test')).toBeNull();
  });
});
