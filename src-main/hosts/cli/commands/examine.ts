import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { DetectionSettingsShape } from '../../../contract/detection-settings.contract.ts';
import type { NexusErrorData } from '../../../contract/errors.ts';
import { NexusError } from '../../../contract/errors.ts';
import { SEVERITIES } from '../../../contract/findings.contract.ts';
import { writeDurably } from '../../../platform/workspace-files.ts';
import type { Arguments, Command } from '../command.ts';
import { EXIT } from '../command.ts';
import type { ExaminationResult, ImportedFile, RefusedExamination } from '../examination-result.ts';
import type { InputPath } from '../input-paths.ts';
import { inputPaths } from '../input-paths.ts';
import { refusedPath } from '../refused-path.ts';
import { controlsOfOneFile, parseSettings } from '../settings.ts';
import type { Station } from '../station.ts';
import { printable } from '../terminal.ts';
import { errorText } from '../text/error-text.ts';
import { examinationText } from '../text/examination-text.ts';
import {
  actorOf,
  NEW_WORKSPACE_HELP,
  NEW_WORKSPACE_OPTIONS,
  openWorkspace,
  WORKSPACE_HELP,
  WORKSPACE_OPTIONS,
} from '../workspace-option.ts';

interface Settings {
  readonly overrides: Readonly<Record<string, string>>;
  readonly parameters: Readonly<Record<string, Record<string, string>>>;
  /** Settings of the case's tests, by their shared names. */
  readonly values: Readonly<Record<string, string>>;
}

/**
 * `test.parameter=value` and `reconciliation.parameter=value` go to this run of the tests, `case.name=value` to the case's
 * settings; the rest says how to read tables.
 */
const settingsOf = (pairs: readonly string[]): Settings => {
  const overrides: Record<string, string> = {};
  const groups: Record<string, Record<string, string>> = Object.create(null) as Record<string, Record<string, string>>;
  for (const [key, value] of Object.entries(parseSettings(pairs))) {
    const at = key.indexOf('.');
    if (at < 0) overrides[key] = value;
    else groups[key.slice(0, at)] = { ...groups[key.slice(0, at)], [key.slice(at + 1)]: value };
  }
  const { case: values = {}, ...parameters } = groups;
  return { overrides, parameters, values };
};

/** The settings a file states: `{"values": {…}, "overrides": {TEST: {…}}, "off": {TEST: reason}}`, each part optional. */
const settingsFile = (path: string | undefined): Partial<DetectionSettingsShape> => {
  if (path === undefined) return {};
  const refuse = (why: string): NexusError =>
    new NexusError({ code: 'usage.settings', category: 'usage', message: `--settings ${path}: ${why}.` });
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(resolve(path), 'utf8'));
  } catch (error) {
    throw refuse(error instanceof SyntaxError ? 'it is no JSON' : 'it cannot be read');
  }
  const read = DetectionSettingsShape.partial().safeParse(content);
  if (read.success) return Object.fromEntries(Object.entries(read.data).filter(([, part]) => part !== undefined));
  const [issue] = read.error.issues;
  throw refuse(`${issue?.path.join('.') ?? ''} ${issue?.message ?? 'is not as expected'}`.trim());
};

/** Takes the given settings over into the case, beside those it has; nothing is written where they change nothing. */
const settleCase = async (
  station: Station,
  caseId: string,
  values: Readonly<Record<string, string>>,
  file: Partial<DetectionSettingsShape>,
): Promise<void> => {
  if (Object.keys(values).length === 0 && Object.keys(file).length === 0) return;
  const { version, settings } = await station.call('detection-settings.read', { caseId });
  const next = { ...settings, ...file, values: { ...settings.values, ...file.values, ...values } };
  try {
    await station.call('detection-settings.change', { caseId, base: version, settings: next });
  } catch (error) {
    if (!(error instanceof NexusError) || error.data.code !== 'settings.unchanged') throw error;
  }
};

/** Opens the named workspace, or makes a temporary one; `onTemporary` hears of its folder before anything is in it. */
const openTarget = async (
  station: Station,
  given: Arguments,
  onTemporary: (folder: string) => void,
  say: (text: string) => void,
): Promise<string | null> => {
  const named = given.text('workspace');
  if (named !== undefined) {
    await openWorkspace(station, named, given, true, say);
    return resolve(named);
  }
  const folder = mkdtempSync(join(tmpdir(), 'nexus-'));
  onTemporary(folder);
  // Nobody needs this passphrase: the workspace is removed when the command ends.
  const passphrase = randomBytes(32).toString('base64');
  await station.call('workspaces.create', {
    location: { grant: await station.grant(folder, 'folder') },
    passphrase,
    actor: actorOf(given),
    temporary: true,
  });
  return null;
};

/**
 * Removes a temporary workspace and everything in it. It is not closed first, which would only cost a last checkpoint,
 * except where open files cannot be removed.
 */
const removeTemporary = async (station: Station, folder: string): Promise<void> => {
  if (process.platform === 'win32') await station.end();
  else station.abandon();
  // A worker that was cancelled may still be writing its last piece.
  rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
};

const caseNamed = async (station: Station, name: string): Promise<string> => {
  const { cases } = await station.call('cases.list', {});
  return (cases.find(known => known.name === name) ?? (await station.call('cases.create', { name }))).id;
};

/** The mapping profile of that name. Throws `usage.profile` for one that the workspace does not hold. */
const profileNamed = async (station: Station, name: string | undefined): Promise<string | null> => {
  if (name === undefined) return null;
  const { profiles } = await station.call('profiles.list', {});
  const found = profiles.find(profile => profile.name === name);
  if (found === undefined)
    throw new NexusError({
      code: 'usage.profile',
      category: 'usage',
      message: `--profile ${name}: this workspace holds ${profiles.map(profile => profile.name).join(', ') || 'no profiles'}.`,
    });
  return found.id;
};

/** A file that was imported before, with the statements and rejected records its first import stored. */
const asStored = async (station: Station, file: ImportedFile): Promise<ImportedFile> => {
  const { sourceId } = file;
  if (!file.alreadyImported || sourceId === null) return file;
  const { statements, warnings } = await station.call('sources.read', { sourceId });
  const rejected: ImportedFile['rejected'] = [];
  for (;;) {
    const page = await station.call('sources.rejected', { sourceId, offset: rejected.length, limit: 1000 });
    rejected.push(...page.rejected);
    if (page.rejected.length === 0 || rejected.length >= page.total) break;
  }
  return { ...file, statements, rejected, warnings: [...file.warnings, ...warnings] };
};

const importFiles = async (
  station: Station,
  caseId: string,
  paths: readonly InputPath[],
  side: 'ledger' | null,
  settings: Settings,
  profileId: string | null,
): Promise<ImportedFile[]> => {
  const files: ImportedFile[] = [];
  for (const { path, refused } of paths) {
    try {
      if (refused !== null) throw new NexusError(refused);
      const grant = await station.grant(path);
      const profile = profileId === null ? {} : { profileId };
      const stated = side === null ? {} : { side };
      const requested = { grant, ...stated, overrides: { ...settings.overrides }, ...profile };
      const imported = await station.run('imports.start', { caseId, files: [requested] });
      for (const file of imported.files) files.push(await asStored(station, file));
    } catch (error) {
      files.push({ ...refusedPath(path, error), sourceId: null, alreadyImported: false });
    }
  }
  return files;
};

/** Builds the report and writes it as PDF, and as HTML beside it; each file is whole or not there. */
const writeReport = async (station: Station, caseId: string, path: string) => {
  const { reportId, pdfSha256, htmlSha256, pages } = await station.run('reports.build', { caseId });
  const target = resolve(path);
  const pdf = await station.call('reports.read', { reportId, format: 'pdf' });
  const html = await station.call('reports.read', { reportId, format: 'html' });
  writeDurably(target, Buffer.from(pdf.content, 'base64'));
  writeDurably(target.replace(/(\.pdf)?$/i, '.html'), html.content);
  return { path: target, pdfSha256, htmlSha256, pages };
};

const failsOn = (
  given: Arguments,
  findings: readonly { readonly severity: (typeof SEVERITIES)[number] }[],
): boolean => {
  const level = given.text('fail-on');
  if (level === undefined) return false;
  const counted: readonly string[] = SEVERITIES.slice(0, (SEVERITIES as readonly string[]).indexOf(level) + 1);
  return findings.some(({ severity }) => counted.includes(severity));
};

const examine = async (
  station: Station,
  given: Arguments,
  paths: readonly InputPath[],
  onTemporary: (folder: string) => void,
  warnings: string[],
): Promise<ExaminationResult | RefusedExamination> => {
  const started = performance.now();
  const timings: Record<string, number> = {};
  let mark = started;
  const stage = (name: string): void => {
    const now = performance.now();
    timings[name] = Math.round(now - mark);
    mark = now;
  };
  const settings = settingsOf(given.list('set'));
  station.warm();
  const workspace = await openTarget(station, given, onTemporary, text => void warnings.push(text));
  const caseName = given.text('case') ?? 'Examination';
  const caseId = await caseNamed(station, caseName);
  await settleCase(station, caseId, settings.values, settingsFile(given.text('settings')));
  const profileId = await profileNamed(station, given.text('profile'));
  stage('open');
  const files = [
    ...(await importFiles(station, caseId, paths, null, settings, profileId)),
    ...(await importFiles(station, caseId, given.list('ledger').flatMap(inputPaths), 'ledger', settings, null)),
  ];
  stage('import');
  if (files.every(file => file.error !== undefined)) return { workspace, case: caseName, files, error: ALL_REFUSED };
  const run = await station.run('examinations.run', {
    caseId,
    parameters: { ...settings.parameters },
    firstLook: !given.flag('all-tests'),
  });
  stage('examine');
  const { findings } = await station.call('findings.export', { caseId });
  const reportPath = given.text('report');
  const report = reportPath === undefined ? null : await writeReport(station, caseId, reportPath);
  if (report !== null) stage('report');
  const { total, root } = await station.call('audits.list', { offset: 0, limit: 1 });
  if (workspace !== null) await station.call('workspaces.close', {});
  stage('close');
  return {
    workspace,
    case: caseName,
    files,
    quality: run.quality,
    duplicates: run.duplicates,
    reconciliation: run.reconciliation,
    tests: run.tests,
    findings,
    report,
    audit: { entries: total, root },
    timings: { ...timings, ...run.timings, total: Math.round(performance.now() - started) },
  };
};

const ALL_REFUSED: NexusErrorData = {
  code: 'input.all-refused',
  category: 'input',
  message: 'Every file was refused: there is nothing to examine.',
};

export const examineCommand: Command = {
  name: 'examine',
  usage: 'nexus examine PATH… [--ledger FILE]… [--workspace DIR] [--case NAME] [--report FILE.pdf]',
  summary: 'the main job: import, quality, duplicates, reconciliation, fraud tests, report, in an encrypted workspace',
  options: {
    ledger: { type: 'string', multiple: true },
    workspace: { type: 'string' },
    case: { type: 'string' },
    report: { type: 'string' },
    set: { type: 'string', multiple: true },
    settings: { type: 'string' },
    profile: { type: 'string' },
    'fail-on': { type: 'string' },
    'all-tests': { type: 'boolean' },
    ...WORKSPACE_OPTIONS,
    ...NEW_WORKSPACE_OPTIONS,
  },
  help: [
    ['PATH…', 'statements, ZIP archives, or folders of them'],
    ['--ledger FILE', 'the other side to reconcile with'],
    [
      '--workspace DIR',
      'keep the encrypted workspace there (made if missing; else a temporary one, removed at the end)',
    ],
    ['--case NAME', 'the case to work in (default: Examination)'],
    ['--report FILE.pdf', 'write the report as PDF, and as HTML beside it'],
    [
      '--set key=value',
      'how to read tables (dateOrder=dmy), what the file must add up to (controlCount, controlNet …), or TEST.PARAMETER=value, or reconciliation.PARAMETER=value for this run, or case.NAME=value for the case (case.country=DE)',
    ],
    [
      '--settings FILE.json',
      "the case's settings of its tests: values, overrides by test, tests that are off with the reason",
    ],
    ['--profile NAME', 'read the statements by this mapping profile of the workspace'],
    [
      '--all-tests',
      'run tests that take long on more than 250,000 records too (flows, leads, similar names), not only on fewer',
    ],
    ['--fail-on SEVERITY', `exit 1 when a finding is at least that severe (${SEVERITIES.join(', ')})`],
    ...WORKSPACE_HELP,
    ...NEW_WORKSPACE_HELP,
  ],
  run: async ({ arguments: given, json, terminal, station }) => {
    const level = given.text('fail-on');
    if (level !== undefined && !SEVERITIES.some(severity => severity === level))
      throw new NexusError({
        code: 'usage.fail-on',
        category: 'usage',
        message: `--fail-on ${level}: known are ${SEVERITIES.join(', ')}.`,
      });
    const paths = given.positionals.flatMap(inputPaths);
    controlsOfOneFile(parseSettings(given.list('set')), paths.length + given.list('ledger').length);
    if (paths.length === 0)
      throw new NexusError({
        code: 'usage.files',
        category: 'usage',
        message: 'Name at least one statement file, or a folder that holds some.',
      });
    const report = given.text('report');
    if (report !== undefined && !existsSync(dirname(resolve(report))))
      throw new NexusError({
        code: 'usage.report',
        category: 'usage',
        message: `--report ${report}: there is no such folder.`,
      });
    const engine = await station();
    let temporary: string | null = null;
    const warnings: string[] = [];
    try {
      const result = await examine(
        engine,
        given,
        paths,
        folder => {
          temporary = folder;
        },
        warnings,
      );
      if (!json) for (const warning of warnings) terminal.err(`nexus: ${printable(warning)}\n`);
      if (json)
        terminal.out(
          `${JSON.stringify(warnings.length === 0 ? result : { ...result, workspaceWarnings: warnings })}\n`,
        );
      if ('error' in result) {
        if (!json)
          terminal.err(
            result.files.map(file => (file.error === undefined ? '' : `nexus: ${errorText(file.error)}\n`)).join(''),
          );
        return EXIT.refused;
      }
      if (!json) terminal.out(examinationText(result));
      if (result.files.some(file => file.error !== undefined)) return EXIT.refused;
      return failsOn(given, result.findings) ? EXIT.findings : EXIT.done;
    } finally {
      if (temporary !== null) await removeTemporary(engine, temporary);
    }
  },
};
