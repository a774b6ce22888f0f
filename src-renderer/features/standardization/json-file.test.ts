import { describe, expect, it } from 'vitest';
import { RuleFile } from '../../../src-main/contract/rules.contract.ts';
import { readJsonText } from './json-file.ts';

const read = (text: string) => readJsonText(RuleFile, 'file of rules', 'rules.json', text);

describe('a file of rules', () => {
  it('is read in the shape an export has', () => {
    expect(read('{"format":"nexus-rules","version":1,"rules":[]}')).toEqual({
      ok: true,
      value: { format: 'nexus-rules', version: 1, rules: [] },
    });
  });

  it('is refused with its name and the place that is wrong', () => {
    const answer = read('{"format":"nexus-rules","version":1,"rules":[{"name":"A","when":{"combinator":"xor"}}]}');
    expect(answer).toMatchObject({ ok: false, error: { code: 'file.shape', category: 'input' } });
    expect(answer.ok ? '' : answer.error.message).toMatch(/rules\.json.*rules\.0\.when/);
    expect(read('no JSON').ok).toBe(false);
    expect(read('[]').ok).toBe(false);
  });
});
