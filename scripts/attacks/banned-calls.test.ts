// biome-ignore-all lint/suspicious/noTemplateCurlyInString: texts that are linted
/* eslint-disable no-restricted-syntax -- the banned calls are what is tested here */
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { ESLint, type Linter } from 'eslint';
import tseslint from 'typescript-eslint';
import { afterEach, describe, expect, it } from 'vitest';
import { Station } from '../../src-main/engine/engine.fixture.ts';

// twice: the lint rules find what is written, the trap finds what runs, whatever it is called by.

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

describe('the lint rules', () => {
  // The project's own rules for a file of the platform, without those that need the types of the whole project.
  const lint = async (code: string): Promise<string[]> => {
    const filePath = `${ROOT}src-main/platform/database.ts`;
    const { rules } = (await new ESLint({ cwd: ROOT }).calculateConfigForFile(filePath)) as {
      rules: Readonly<Record<string, unknown[]>>;
    };
    const banning = ['no-restricted-syntax', 'no-restricted-imports'].map(rule => [rule, rules[rule]]);
    const eslint = new ESLint({
      cwd: ROOT,
      overrideConfigFile: true,
      overrideConfig: [
        {
          files: ['**/*.ts'],
          languageOptions: { parser: tseslint.parser as Linter.Parser },
          rules: Object.fromEntries(banning) as Linter.RulesRecord,
        },
      ],
    });
    const [result] = await eslint.lintText(code, { filePath });
    return result!.messages.map(message => `${message.ruleId}: ${message.message}`);
  };

  it('name every banned call, and let plain code be', async () => {
    const found = await lint(
      [
        "import { DatabaseSync } from 'node:sqlite';",
        "import other from 'sqlite3';",
        'declare const db: { serialize(): Uint8Array; backup(path: string): void; exec(sql: string): void; pragma(text: string): void };',
        'declare const workspace: { readonly connection: typeof db };',
        'db.serialize();',
        'workspace.connection.serialize();',
        "db.backup('x');",
        "workspace.connection.backup('x');",
        "db.exec(\"ATTACH 'x' AS plain KEY ''\");",
        "db.exec(`ATTACH DATABASE 'x' AS plain KEY ''`);",
        'export { other };',
        "db.pragma('synchronous=OFF');",
        "db.pragma('synchronous = NORMAL');",
        'db.pragma(`synchronous=0`);',
        'export const opened = DatabaseSync;',
        'declare const name: string;',
        'declare const connection: { prepare(sql: string): void };',
        'connection.prepare(`SELECT * FROM cases WHERE name = ${name}`);',
        "connection.prepare('SELECT * FROM cases WHERE name = ' + name);",
        'db.exec(`DROP TABLE ${name}`);',
        "workspace.connection.exec('DROP TABLE ' + name);",
        '',
      ].join('\n'),
    );
    const of = (rule: string): number => found.filter(message => message.startsWith(rule)).length;
    expect(of('no-restricted-imports')).toBe(2);
    expect(of('no-restricted-syntax: serialize')).toBe(2);
    expect(of('no-restricted-syntax: backup')).toBe(2);
    expect(of('no-restricted-syntax: ATTACH')).toBe(2);
    expect(of('no-restricted-syntax: The store')).toBe(3);
    expect(of('no-restricted-syntax: SQL')).toBe(4);
    const bound = "connection.prepare('SELECT * FROM cases WHERE name = ?').get(`${name}`);\n/x/.exec(`${name}`);\n";
    expect(await lint(`declare const name: string;\ndeclare const connection: any;\n${bound}`)).toEqual([]);
    expect(await lint("export const words = 'Attach the statement, please: synchronous work';\n")).toEqual([]);
  }, 60_000);
});

describe('the trap', () => {
  const prototype = Database.prototype;
  const whole = { ...prototype, exec: prototype.exec, prepare: prototype.prepare, pragma: prototype.pragma };
  const { serialize, backup } = prototype;
  const BANNED_SQL = /\bATTACH\b|\bsynchronous\s*=\s*(OFF|NORMAL|0|1)\b|\bload_extension\b|\bwritable_schema\s*=/i;
  let calls = 0;
  let sprung: string[] = [];
  const set = (): void => {
    calls = 0;
    sprung = [];
    const watch = (name: 'exec' | 'prepare' | 'pragma'): void => {
      const original = whole[name] as (this: unknown, text: string, ...rest: unknown[]) => unknown;
      Object.assign(prototype, {
        [name](this: unknown, text: string, ...rest: unknown[]) {
          calls += 1;
          if (BANNED_SQL.test(text)) sprung.push(text);
          return original.call(this, text, ...rest);
        },
      });
    };
    for (const name of ['exec', 'prepare', 'pragma'] as const) watch(name);
    Object.assign(prototype, {
      serialize: () => sprung.push('serialize()'),
      backup: () => sprung.push('backup()'),
    });
  };
  afterEach(() => {
    Object.assign(prototype, { exec: whole.exec, prepare: whole.prepare, pragma: whole.pragma, serialize, backup });
  });

  it('springs at each of them', () => {
    set();
    const db = new Database(':memory:');
    db.serialize();
    void db.backup('x');
    db.exec("ATTACH ':memory:' AS plain");
    db.pragma('synchronous=OFF');
    db.close();
    expect(sprung).toHaveLength(4);
  });

  it('is never sprung by an examination from beginning to end', async () => {
    set();
    const station = new Station();
    await station.create();
    const caseId = await station.createCase();
    const rows = Array.from({ length: 60 }, (_, i) => `2024-01-${(i % 27) + 1},${i}.50,EUR,Acme,R-${i},text\n`);
    const file = station.file('a.csv', `date,amount,currency,counterparty,reference,description\n${rows.join('')}`);
    await station.import(caseId, [file]);
    await station.done('examinations.run', { caseId });
    await station.done('reports.build', { caseId });
    await station.invoke('transactions.page', { caseId, filter: { text: 'Acme' }, sort: 'amount' });
    await station.done('audits.verify', {});
    await station.closeWorkspace();
    await station.open();
    await station.close();
    expect(calls).toBeGreaterThan(100);
    expect(sprung).toEqual([]);
  }, 60_000);
});
