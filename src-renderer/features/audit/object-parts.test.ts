import { describe, expect, it } from 'vitest';
import { objectParts, shortened } from './object-parts.ts';

describe('objectParts', () => {
  it('names the parts of canonical JSON, values other than text as JSON', () => {
    expect(objectParts('{"entries":13,"ok":true,"root":"c3da"}')).toEqual([
      { name: 'entries', value: '13' },
      { name: 'ok', value: 'true' },
      { name: 'root', value: 'c3da' },
    ]);
  });

  it.each(['not json', '7', 'null', '["a"]'])('leaves %s as it is', text => {
    expect(objectParts(text)).toEqual([{ name: '', value: text }]);
  });
});

describe('shortened', () => {
  it('cuts at 28 characters and says so', () => {
    expect(shortened('a'.repeat(28))).toHaveLength(28);
    expect(shortened('a'.repeat(29))).toBe(`${'a'.repeat(27)}…`);
  });
});
