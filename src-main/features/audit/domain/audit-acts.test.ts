import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { contract } from '../../../contract/index.ts';
import { actOf } from './audit-acts.ts';

const SOURCES = fileURLToPath(new URL('../../../', import.meta.url));

/** Acts that code writes by name: the first text in a call that writes an entry. */
const writtenActs = (): Map<string, string> => {
  const found = new Map<string, string>();
  for (const file of readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.ts') || /\.(test|fixture)\.ts$/.test(file)) continue;
    const text = readFileSync(join(SOURCES, file), 'utf8');
    for (const [, act = ''] of text.matchAll(
      /\b(?:audit|append|logAct|this\.add)\(\s*(?:[\w.]+,\s*){0,4}'([a-z]+(?:-[a-z]+)*\.[a-z]+(?:-[a-z]+)*)'/g,
    ))
      found.set(act, file);
  }
  return found;
};

describe('the inventory of acts (R-39)', () => {
  it('classifies every event of the contract', () => {
    const unknown = Object.entries(contract).flatMap(([channel, entry]) =>
      entry.kind !== 'query' && entry.audit !== null && actOf(entry.audit) === null
        ? [`${channel} writes ${entry.audit}`]
        : [],
    );
    expect(unknown).toEqual([]);
  });

  it('classifies every act that code writes', () => {
    const written = writtenActs();
    // Were the pattern to find nothing, nothing would be checked.
    for (const known of ['log.genesis', 'access.denied', 'evidence.imported', 'clock.anomaly'])
      expect(written.has(known), known).toBe(true);
    expect([...written].filter(([act]) => actOf(act) === null)).toEqual([]);
  });

  it('knows no act of a noun that nobody classified', () => {
    expect(actOf('weather.changed')).toBeNull();
    expect(actOf('evidence.forged')).toBeNull();
  });
});
