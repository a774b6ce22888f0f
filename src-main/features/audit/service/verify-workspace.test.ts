import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { filesBelow, generate, PASSPHRASE, Station, sharedPath } from '../../../engine/engine.fixture.ts';
import type { Connection } from '../../../platform/database.ts';
import { hex, sha256, utf8 } from '../../../platform/digest.ts';
import { leafHash } from '../domain/audit-log.ts';
import { canonicalEntry } from '../domain/canonical-text.ts';

// One workspace with all kinds of records; every case below changes it, verifies, and puts the files back.
const station = new Station();
const original = new Map<string, Buffer>();
beforeAll(async () => {
  await station.create();
  const caseId = await station.createCase();
  const generated = join(station.folder, 'generated.csv');
  generate(generated, 3_000);
  await station.import(caseId, [generated, sharedPath('data/statements/camt/genkgo_camt053.v2.multi.statement.xml')]);
  const { settings } = await station.invoke('detection-settings.read', { caseId });
  await station.invoke('detection-settings.change', {
    caseId,
    base: 0,
    settings: { ...settings, values: { country: 'DE' } },
  });
  await station.done('examinations.run', { caseId });
  const { findings } = await station.invoke('findings.list', { caseId });
  await station.invoke('findings.decide', {
    findingId: findings[0]!.id,
    state: 'dismissed',
    reason: 'Agreed with the bank.',
  });
  await station.done('reports.build', { caseId });
  await station.closeWorkspace();
  for (const file of filesBelow(station.workspaceFolder)) original.set(file, readFileSync(file));
}, 60_000);
afterAll(() => station.close());

const verify = async () => {
  const { grant } = station.engine.grantPath(station.session, station.workspaceFolder, 'folder');
  return station.done('workspaces.verify', { grant, passphrase: PASSPHRASE });
};
const restore = (): void => {
  for (const file of filesBelow(station.workspaceFolder)) if (!original.has(file)) rmSync(file);
  for (const [file, bytes] of original) writeFileSync(file, bytes);
};
const problemsAfter = async (tamper: () => unknown) => {
  try {
    await tamper();
    const verification = await verify();
    expect(verification.ok).toBe(verification.problems.length === 0);
    return verification.problems;
  } finally {
    restore();
  }
};
const inStore = (change: (db: Connection) => unknown) =>
  station.inStore(db => {
    // Other tables refer to entries; someone who tampers does not mind.
    db.pragma('foreign_keys=OFF');
    db.exec(
      'DROP TRIGGER audit_entries_no_update; DROP TRIGGER audit_entries_no_delete; DROP TRIGGER audit_entries_in_sequence',
    );
    change(db);
    db.pragma('wal_checkpoint(TRUNCATE)');
  }, 'write');
/** What the station's own memory finds of nearly every change; malicious-examiner.test.ts asks after it. */
const OF_THE_STATION = [
  'store.changed',
  'store.forked',
  'store.older-than-anchor',
  'audit.checkpoint-root',
  'audit.checkpoint-size',
  'audit.tag',
];
const codes = async (tamper: () => unknown): Promise<string[]> =>
  (await problemsAfter(tamper)).map(problem => problem.code).filter(code => !OF_THE_STATION.includes(code));
const sealedFile = (end: string): string => [...original.keys()].find(file => file.endsWith(end))!;

interface Entry {
  seq: number;
  prev: string;
  act: string;
  actor: string;
  obj: Record<string, unknown>;
}
const entriesOf = (db: Connection): Entry[] =>
  (db.prepare('SELECT entry FROM audit_entries ORDER BY seq').pluck().all() as string[]).map(
    text => JSON.parse(text) as Entry,
  );
/** Writes a log anew, links and digests right, tags as they were: what someone with the store's key alone could do. */
const rewrite = (db: Connection, entries: readonly Entry[]): void => {
  const tags = db.prepare('SELECT tag FROM audit_entries ORDER BY seq').pluck().all();
  db.exec('DELETE FROM audit_entries');
  let prev = '0'.repeat(64);
  entries.forEach((entry, seq) => {
    const text = canonicalEntry({ ...entry, seq, prev });
    const leaf = leafHash(sha256, utf8(text));
    db.prepare('INSERT INTO audit_entries (seq, entry, leaf, tag) VALUES (?, ?, ?, ?)').run(seq, text, leaf, tags[seq]);
    prev = hex(leaf);
  });
};

describe('an untouched workspace', () => {
  it('verifies, and is not changed by it', async () => {
    const verification = await verify();
    expect(verification).toMatchObject({ ok: true, problems: [], evidence: { files: 2, mismatched: [] } });
    expect(verification.entries).toBe(await station.inStore(db => entriesOf(db).length));
    for (const [file, bytes] of original) expect(readFileSync(file).equals(bytes), file).toBe(true);
    restore();
  });

  it('verifies after the log was rewritten as it was: the control of what follows', async () => {
    expect(await codes(() => inStore(db => rewrite(db, entriesOf(db))))).toEqual([]);
  });
});

describe('a log that was changed is named at its first break', () => {
  it('an entry edited', async () => {
    const [problem] = await problemsAfter(() =>
      inStore(db =>
        db.exec(`UPDATE audit_entries SET entry = replace(entry, '"actor":"Ada"', '"actor":"Eve"') WHERE seq = 2`),
      ),
    );
    expect(problem).toEqual({ code: 'audit.digest', where: 'entry 2', message: expect.any(String) });
  });

  it('an entry edited with its digest', async () => {
    const [problem] = await problemsAfter(() =>
      inStore(db => {
        const text = (db.prepare('SELECT entry FROM audit_entries WHERE seq = 2').pluck().get() as string).replace(
          '"actor":"Ada"',
          '"actor":"Eve"',
        );
        db.prepare('UPDATE audit_entries SET entry = ?, leaf = ? WHERE seq = 2').run(
          text,
          leafHash(sha256, utf8(text)),
        );
      }),
    );
    expect(problem).toEqual({ code: 'audit.link', where: 'entry 3', message: expect.any(String) });
  });

  it('an entry removed', async () => {
    const [problem] = await problemsAfter(() => inStore(db => db.exec('DELETE FROM audit_entries WHERE seq = 3')));
    expect(problem).toEqual({ code: 'audit.gap', where: 'entry 3', message: expect.any(String) });
  });

  it('two entries swapped', async () => {
    const [problem] = await problemsAfter(() =>
      inStore(db =>
        db.exec(
          'UPDATE audit_entries SET seq = -1 WHERE seq = 3; UPDATE audit_entries SET seq = 3 WHERE seq = 4; UPDATE audit_entries SET seq = 4 WHERE seq = -1',
        ),
      ),
    );
    expect(problem).toMatchObject({ where: 'entry 3' });
  });

  it('an entry that is no canonical text', async () => {
    const [problem] = await problemsAfter(() =>
      inStore(db => db.exec(`UPDATE audit_entries SET entry = ' ' || entry WHERE seq = 1`)),
    );
    expect(problem).toMatchObject({ code: 'audit.not-canonical', where: 'entry 1' });
  });

  it('the last entries cut off: what they recorded is there without them', async () => {
    for (const [act, code] of [
      ['report.built', 'records.unlogged'],
      ['finding.decided', 'records.decisions'],
      ['examination.completed', 'records.unlogged'],
      ['evidence.imported', 'evidence.unlogged'],
      ['case.created', 'records.unlogged'],
    ] as const)
      expect(
        await codes(() =>
          inStore(db => {
            const { seq } = entriesOf(db).findLast(entry => entry.act === act)!;
            db.prepare('DELETE FROM audit_entries WHERE seq >= ?').run(seq);
          }),
        ),
        act,
      ).toContain(code);
  });

  it('the whole log rewritten to tell another story', async () => {
    const changed = (act: string, obj: Record<string, unknown>) => () =>
      inStore(db =>
        rewrite(
          db,
          entriesOf(db).map(entry => (entry.act === act ? { ...entry, obj: { ...entry.obj, ...obj } } : entry)),
        ),
      );
    expect(await codes(changed('finding.decided', { reason: 'Because.' }))).toEqual(['records.decisions']);
    expect(await codes(changed('evidence.imported', { sha256: '0'.repeat(64) }))).toContain('evidence.digest');
    expect(await codes(changed('examination.completed', { summary: `sha256:${'0'.repeat(64)}` }))).toEqual([
      'records.changed',
    ]);
    expect(
      await codes(() =>
        inStore(db =>
          rewrite(
            db,
            entriesOf(db).filter(entry => entry.act !== 'report.built'),
          ),
        ),
      ),
    ).toEqual(['records.unlogged']);
  });
});

describe('evidence that was changed is named', () => {
  it('one byte of a sealed original', async () => {
    for (const at of [0, 1_000]) {
      const path = sealedFile('.sealed');
      const [problem] = await problemsAfter(() => {
        const bytes = Buffer.from(original.get(path)!);
        bytes[at] = bytes[at]! ^ 1;
        writeFileSync(path, bytes);
      });
      expect(problem).toMatchObject({ code: 'evidence.damaged', where: expect.stringContaining('source “') });
    }
  });

  it('one byte of sealed columns', async () => {
    const path = sealedFile('.columns');
    const found = await codes(() => {
      const bytes = Buffer.from(original.get(path)!);
      bytes[100] = bytes[100]! ^ 1;
      writeFileSync(path, bytes);
    });
    expect(found).toEqual(['evidence.damaged']);
  });

  it('a sealed original removed, cut, or put in the place of another', async () => {
    const [one, two] = [...original.keys()].filter(file => file.endsWith('.sealed')) as [string, string];
    expect(await codes(() => rmSync(one))).toEqual(['evidence.missing']);
    expect(await codes(() => writeFileSync(one, original.get(one)!.subarray(0, -1)))).toEqual(['evidence.damaged']);
    expect(await codes(() => writeFileSync(one, original.get(two)!))).toEqual(['evidence.damaged']);
  });

  it('a sealed file that no import made', async () => {
    expect(
      await codes(() =>
        writeFileSync(join(station.workspaceFolder, 'evidence', '99999999-0000-4000-8000-000000000000.sealed'), 'x'),
      ),
    ).toEqual(['evidence.unknown-file']);
  });
});

describe('records that were changed are named', () => {
  const CHANGES: [string, string, string][] = [
    ['an amount', 'UPDATE transactions SET amount_units = amount_units + 1 WHERE id = 17', 'records.differ'],
    ['a sign', 'UPDATE transactions SET amount_units = -amount_units WHERE id = 29', 'records.differ'],
    ['a day', 'UPDATE transactions SET booking_day = booking_day - 1 WHERE id = 1', 'records.differ'],
    ['a place', 'UPDATE transactions SET row_number = 3 WHERE id = 1', 'records.differ'],
    [
      'a transaction of no import',
      'CREATE TEMP TABLE copy AS SELECT * FROM transactions WHERE id = 40; UPDATE copy SET id = 1000000; INSERT INTO transactions SELECT * FROM copy',
      'records.stray',
    ],
    ['a transaction removed', 'DELETE FROM transactions WHERE id = 40', 'records.differ'],
    [
      'the last transaction removed',
      'DELETE FROM transactions WHERE id = (SELECT max(id) FROM transactions)',
      'records.differ',
    ],
    [
      'two transactions swapped',
      'UPDATE transactions SET id = -1 WHERE id = 5; UPDATE transactions SET id = 5 WHERE id = 6; UPDATE transactions SET id = 6 WHERE id = -1',
      'records.differ',
    ],
    ['a source removed', 'PRAGMA foreign_keys=OFF; DELETE FROM sources WHERE ordinal = 1', 'evidence.removed'],
    ['a source’s digest', `UPDATE sources SET sha256 = '${'0'.repeat(64)}' WHERE ordinal = 1`, 'evidence.record'],
    ['a source hidden as unfinished', `UPDATE sources SET state = 'importing' WHERE ordinal = 1`, 'evidence.removed'],
    ['a finding removed', 'DELETE FROM findings WHERE ordinal = 1', 'records.changed'],
    ['a finding made milder', `UPDATE findings SET severity = 'info' WHERE ordinal = 1`, 'records.changed'],
    [
      'the summary of an examination',
      `UPDATE examination_runs SET summary = replace(summary, '"score"', '"scorn"')`,
      'records.changed',
    ],
    ['an examination removed', 'DELETE FROM examination_runs', 'records.removed'],
    ['a report removed', 'DELETE FROM reports', 'records.removed'],
    ['a report’s text', `UPDATE reports SET html = html || ' '`, 'records.changed'],
    [
      'a decision reversed',
      `DROP TRIGGER finding_events_no_update; UPDATE finding_events SET body = replace(body, 'dismissed', 'confirmed')`,
      'records.decisions',
    ],
    [
      'a decision moved to another finding',
      `DROP TRIGGER finding_event_facts_no_update; UPDATE finding_event_facts SET fact = 'other'`,
      'records.decisions',
    ],
    ['a decision removed', 'DROP TRIGGER finding_events_no_delete; DELETE FROM finding_events', 'records.decisions'],
    [
      'a decision added',
      `INSERT INTO finding_events SELECT case_id, seq + 1, actor, role, at, body FROM finding_events`,
      'records.decisions',
    ],
    [
      'a decision of an earlier version added',
      `INSERT INTO finding_decisions SELECT 1, case_id, test, finding_key, rows_digest, 'dismissed', '', '', '' FROM findings LIMIT 1`,
      'records.decisions',
    ],
    [
      'a setting of the tests',
      `DROP TRIGGER detection_settings_no_update; UPDATE detection_settings SET settings = replace(settings, '"DE"', '"FR"')`,
      'records.changed',
    ],
    [
      'a version of the settings removed',
      'DROP TRIGGER detection_settings_no_delete; DELETE FROM detection_settings',
      'records.removed',
    ],
    [
      'a typology of nobody',
      `INSERT INTO typology_versions SELECT id, 'mine', 1, '', '', '{}' FROM cases`,
      'records.unlogged',
    ],
    [
      'a calibration of nobody',
      `INSERT INTO calibrations SELECT 1, 'x', id, '', '', '{}' FROM cases`,
      'records.unlogged',
    ],
    [
      'a reconciliation of nobody',
      `INSERT INTO reconciliation_runs SELECT 1, 'x', id, '', 0, '{}', '', '{}' FROM cases`,
      'records.unlogged',
    ],
    [
      'a reconciliation decision of nobody',
      `INSERT INTO reconciliation_events SELECT id, 1, 'Confirmed', 'Eve', '', '{}' FROM cases`,
      'records.reconciliation',
    ],
    ['a case renamed', `UPDATE cases SET name = 'Other'`, 'records.changed'],
  ];
  it.each(CHANGES)('%s', async (_what, sql, code) => {
    expect(await codes(() => inStore(db => db.exec(sql)))).toContain(code);
  });

  it('a counterparty’s name', async () => {
    expect(
      await codes(() =>
        inStore(db =>
          db.exec(
            `UPDATE dictionary_values SET value = 'Somebody Else' WHERE dictionary = 'counterparty' AND code = 0`,
          ),
        ),
      ),
    ).toContain('records.differ');
  });

  it('a counterparty exchanged for another', async () => {
    expect(
      await codes(() =>
        inStore(db => db.exec('UPDATE transactions SET counterparty = (counterparty + 1) WHERE id = 12')),
      ),
    ).toContain('records.differ');
  });

  it('a description and a reference', async () => {
    expect(
      await codes(() => inStore(db => db.exec(`UPDATE transactions SET description = 'Gift' WHERE id = 12`))),
    ).toContain('records.differ');
    expect(
      await codes(() => inStore(db => db.exec(`UPDATE transactions SET reference = 'R-1' WHERE id = 12`))),
    ).toContain('records.differ');
  });

  it('a rejected record, a warning, a statement’s balance', async () => {
    expect(await codes(() => inStore(db => db.exec('DELETE FROM rejected_records')))).toContain('records.differ');
    expect(
      await codes(() =>
        inStore(db => db.exec(`UPDATE statements SET opening_amount = '1.00' WHERE opening_amount IS NOT NULL`)),
      ),
    ).toContain('records.differ');
  });
});
