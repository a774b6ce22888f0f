import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ChannelInput, ChannelName } from '../contract/index.ts';
import { DEFAULT_WORKSPACE_SETTINGS } from '../contract/settings.contract.ts';
import type { Station } from './engine.fixture.ts';
import { PASSPHRASE, WORKSPACE } from './engine.fixture.ts';

/** Two movements of a bank, as a file. */
export const STATEMENT =
  'date,amount,currency,counterparty,reference,description\n2024-01-31,10.00,EUR,Acme,R-1,one\n2024-02-01,-4.50,EUR,Baltic,R-2,two\n';

const RULE: ChannelInput<'rules.check'>['rule'] = {
  name: 'Money out',
  when: { combinator: 'and', rules: [{ field: 'amount', operator: '<', value: '0' }] },
  actions: [{ kind: 'set-category', value: 'Outgoings' }],
};
const TYPOLOGY: ChannelInput<'typologies.try'>['typology'] = {
  format: 'nexus-typology',
  id: 'copies',
  version: 1,
  title: 'Copies',
  description: 'Rows that are there twice.',
  sources: [],
  level: 'party',
  tests: [{ test: 'duplicate-exact', weight: 0.5 }],
  when: { test: 'duplicate-exact' },
};

/** A case with something of everything in it, made by the station's own session, and inputs that name it. */
export interface PreparedCase {
  readonly caseId: string;
  readonly sourceId: string;
  /** An input each channel accepts: kept total by the type, so a new channel must be given one. */
  readonly inputs: Readonly<Record<ChannelName, () => unknown>>;
  /** A file of a bank, granted to the station's session. */
  readonly bankFile: () => string;
}

/** Makes the workspace and the case. */
export const prepareCase = async (station: Station): Promise<PreparedCase> => {
  await station.create();
  const caseId = await station.createCase();
  const [file] = await station.import(caseId, [
    station.file('statement.csv', STATEMENT + STATEMENT.split('\n').slice(1).join('\n').repeat(3)),
  ]);
  const sourceId = file!.sourceId!;
  await station.done('examinations.run', { caseId });
  await station.done('reports.build', { caseId });
  const bankFile = () => station.grant(station.file('bank.csv', STATEMENT));

  /** A folder that need not be there. */
  const newFolder = () =>
    station.engine.grantPath(station.session, join(station.folder, `out-${randomUUID()}`), 'folder').grant;

  const latestFinding = () =>
    station.inStore(db => db.prepare('SELECT id FROM findings ORDER BY ordinal DESC LIMIT 1').pluck().get() as string);

  const latestFact = () =>
    station.inStore(
      db => db.prepare('SELECT rows_digest FROM findings ORDER BY ordinal DESC LIMIT 1').pluck().get() as string,
    );

  /** Steps of the recipe and a rule, made by one who may: a role that may not is denied before it is asked what. */
  const prepared = { preview: 0, undo: 0, redo: 0, ruleId: '' };
  const prepareRecipe = async (): Promise<void> => {
    prepared.preview = (await station.invoke('rules.save', { caseId, rule: RULE })).seq;
    prepared.undo = (await station.invoke('rules.save', { caseId, rule: RULE })).seq;
    prepared.redo = (await station.invoke('rules.save', { caseId, rule: RULE })).seq;
    await station.invoke('recipes.undo', { caseId, seqs: [prepared.redo] });
    prepared.ruleId = (await station.invoke('rules.save', { caseId, rule: RULE })).rule.id;
  };

  /** The version that a change of the settings is made on. */
  const settingsVersion = async (): Promise<number> => {
    const answer = await station.call('detection-settings.read', { caseId });
    return answer.ok ? (answer.value as { version: number }).version : 0;
  };

  const inputs: Record<ChannelName, () => unknown> = {
    'workspaces.list': () => ({}),
    'workspaces.create': () => ({ location: { name: `New ${randomUUID()}` }, passphrase: PASSPHRASE, actor: 'Ada' }),
    'workspaces.open': () => ({ location: { name: WORKSPACE }, passphrase: PASSPHRASE, actor: 'Ada' }),
    'workspaces.recover': () => ({
      location: { name: WORKSPACE },
      recoveryCode: 'AAAA-AAAA',
      actor: 'Ada',
      passphrase: PASSPHRASE,
    }),
    'accounts.me': () => ({}),
    'accounts.list': () => ({}),
    'accounts.register': () => ({ username: `User ${randomUUID()}`, role: 'judge' }),
    'accounts.resetPassword': () => ({ accountId: randomUUID(), reason: 'forgotten' }),
    'accounts.changePassword': () => ({ passphrase: PASSPHRASE, newPassphrase: PASSPHRASE }),
    'accounts.revoke': () => ({ accountId: randomUUID(), reason: 'left the office' }),
    'accounts.reinstate': () => ({ accountId: randomUUID(), reason: 'came back' }),
    'accounts.renewKit': () => ({}),
    'accounts.choosePov': () => ({ analysisMode: 'expert' }),
    'sessions.list': () => ({}),
    'sessions.end': () => ({ id: randomUUID() }),
    'sessions.prove': () => ({ passphrase: PASSPHRASE }),
    'sessions.touch': () => ({}),
    'sessions.lock': () => ({}),
    'workspaces.close': () => ({}),
    'workspaces.status': () => ({}),
    'factors.read': () => ({}),
    'factors.enrol': () => ({}),
    'factors.confirm': () => ({ code: 'no digits' }),
    'factors.disable': () => ({}),
    'factors.reset': () => ({ accountId: randomUUID(), reason: 'Lost the telephone.' }),
    'factors.renewCodes': () => ({}),
    'factors.prove': () => ({ code: '000000' }),
    'oauth.providers': () => ({}),
    'oauth.saveProvider': () => ({ name: `Provider ${randomUUID()}`, issuer: 'http://127.0.0.1:9', clientId: 'nexus' }),
    'oauth.removeProvider': () => ({ id: randomUUID() }),
    'oauth.list': () => ({}),
    'oauth.link': () => ({ providerId: randomUUID() }),
    'oauth.unlink': () => ({ id: randomUUID() }),
    'oauth.prove': () => ({ providerId: randomUUID() }),
    'cases.create': () => ({ name: `Case ${randomUUID()}` }),
    'cases.list': () => ({}),
    'cases.read': () => ({ caseId }),
    'cases.assignments': () => ({}),
    'cases.assign': () => ({ caseId, accountId: randomUUID() }),
    'cases.unassign': () => ({ caseId, accountId: randomUUID() }),
    'accounts.proposals': () => ({}),
    'accounts.proposeRoles': () => ({
      accountId: randomUUID(),
      roles: ['judge'],
      supervisor: false,
      reason: 'New duty.',
    }),
    'accounts.approveProposal': () => ({ proposalId: randomUUID() }),
    'accounts.rejectProposal': () => ({ proposalId: randomUUID(), reason: 'Not needed.' }),
    'alerts.list': () => ({}),
    'alerts.acknowledge': () => ({ alertId: randomUUID(), note: 'Looked into.' }),
    'settings.read': () => ({}),
    'settings.change': () => ({ base: 1_000_000, settings: DEFAULT_WORKSPACE_SETTINGS }),
    'imports.preview': () => ({ grant: bankFile() }),
    'imports.start': () => ({ caseId, files: [{ grant: bankFile() }] }),
    'files.inspect': () => ({ files: [{ grant: bankFile() }] }),
    'files.members': () => ({ grant: bankFile() }),
    'files.transactions': () => ({ held: randomUUID(), statement: 0 }),
    'profiles.list': () => ({}),
    'profiles.save': () => ({ name: `Profile ${randomUUID()}`, header: ['date', 'amount'], overrides: {} }),
    'profiles.remove': () => ({ id: randomUUID() }),
    'sources.list': () => ({ caseId }),
    'sources.read': () => ({ sourceId }),
    'sources.rejected': () => ({ sourceId }),
    'sources.exportRejected': () => ({ sourceId }),
    'sources.archive': () => ({ sourceId: randomUUID(), reason: 'Belongs to another case.' }),
    'sources.restore': () => ({ sourceId: randomUUID(), reason: 'It belongs here.' }),
    'formats.list': () => ({}),
    'transactions.page': () => ({ caseId }),
    'transactions.facets': () => ({ caseId }),
    'transactions.read': () => ({ caseId, transactionId: 1 }),
    'recipes.list': () => ({ caseId }),
    'recipes.previewUndo': () => ({ caseId, seqs: [prepared.preview] }),
    'recipes.undo': () => ({ caseId, seqs: [prepared.undo] }),
    'recipes.redo': () => ({ caseId, seqs: [prepared.redo] }),
    'recipes.export': () => ({ caseId }),
    'recipes.apply': () => ({
      caseId,
      recipe: {
        format: 'nexus-recipe',
        version: 1,
        steps: [{ title: 'Merged', step: { kind: 'parties-merged', parties: ['a', 'b'], name: 'A' } }],
      },
    }),
    'rules.list': () => ({ caseId }),
    'rules.check': () => ({ rule: RULE }),
    'rules.dryRun': () => ({ caseId, rule: RULE }),
    'rules.save': () => ({ caseId, rule: RULE }),
    'rules.remove': () => ({ caseId, ruleId: prepared.ruleId }),
    'rules.export': () => ({ caseId }),
    'rules.import': () => ({ caseId, file: { format: 'nexus-rules', version: 1, rules: [RULE] } }),
    'rules.templates': () => ({}),
    'standardization.run': () => ({ caseId }),
    'standardization.read': () => ({ caseId }),
    'standardization.changes': () => ({ caseId, field: 'party' }),
    'standardization.row': () => ({ caseId, transactionId: 1 }),
    'categories.list': () => ({ caseId }),
    'categories.suggestions': () => ({ caseId }),
    'categories.confirm': () => ({ caseId, subject: { party: 'ACME', direction: 'in' }, category: 'Sales' }),
    'quality.fields': () => ({ caseId }),
    'quality.trend': () => ({ caseId }),
    'parties.propose': () => ({ caseId }),
    'parties.list': () => ({ caseId }),
    'parties.proposals': () => ({ caseId }),
    'parties.merge': () => ({ caseId, parties: ['ACME', 'BALTIC'], name: `Merged ${randomUUID()}` }),
    'parties.split': () => ({ caseId, parties: ['ACME'] }),
    'parties.keepApart': () => ({ caseId, parties: ['ACME', randomUUID()] }),
    'coverage.read': () => ({ caseId }),
    'coverage.export': () => ({ caseId }),
    'duplicates.decide': () => ({ caseId, state: 'rejected', pairs: [{ keep: 1, duplicate: 2 }] }),
    'examinations.run': () => ({ caseId }),
    'examinations.read': () => ({ caseId }),
    'duplicates.list': () => ({ caseId }),
    'reconciliations.matches': () => ({ caseId, status: 'confirmed' }),
    'reconciliations.orphans': () => ({ caseId, side: 'bank' }),
    'reconciliations.options': () => ({ caseId }),
    'reconciliations.run': () => ({ caseId, a: { side: 'bank' }, b: { side: 'ledger' } }),
    'reconciliations.read': () => ({ caseId }),
    'reconciliations.pairs': () => ({ caseId }),
    'reconciliations.leftovers': () => ({ caseId, transactionIds: [1] }),
    'reconciliations.confirm': () => ({ caseId, matches: [{ a: [1], b: [2] }] }),
    'reconciliations.confirmAbove': () => ({ caseId, runId: randomUUID(), score: 0.9 }),
    'reconciliations.reject': () => ({ caseId, matches: [{ a: [1], b: [2] }] }),
    'reconciliations.match': () => ({ caseId, a: [1], b: [] }),
    'reconciliations.unmatch': () => ({ caseId, a: [1], b: [2] }),
    'reconciliations.lock': () => ({ caseId, from: '2001-01-01', to: '2001-01-31' }),
    'reconciliations.unlock': () => ({ caseId, lock: 99, reason: 'a correction' }),
    'reconciliations.explain': () => ({ caseId, transactionId: 1, proposal: 'bank-fee', accepted: true }),
    'reconciliations.addRate': () => ({
      caseId,
      base: 'EUR',
      quote: 'EUR',
      rate: '1',
      day: '2024-01-31',
      source: 'bank',
    }),
    'reconciliations.history': () => ({ caseId }),
    'reconciliations.previewUndo': () => ({ caseId, seqs: [99] }),
    'reconciliations.undo': () => ({ caseId, seqs: [99] }),
    'reconciliations.redo': () => ({ caseId, seqs: [99] }),
    'reconciliations.proofOfCash': () => ({ caseId }),
    'reconciliations.export': () => ({ caseId }),
    'files.reconcile': () => ({ bank: bankFile(), ledger: bankFile() }),
    'tests.list': () => ({}),
    'tests.catalogue': () => ({ caseId }),
    'detection-settings.read': () => ({ caseId }),
    'detection-settings.change': () =>
      settingsVersion().then(base => ({
        caseId,
        base,
        settings: { values: { country: base % 2 === 0 ? 'DE' : 'FR' }, overrides: {}, off: {} },
      })),
    'files.test': () => ({ grant: bankFile(), test: 'duplicate-exact', columns: { amount: 'amount', date: 'date' } }),
    'tables.link': () => ({ grants: [bankFile()] }),
    'findings.list': () => ({ caseId }),
    'findings.read': () => latestFinding().then(findingId => ({ findingId })),
    'findings.export': () => ({ caseId }),
    'findings.decide': () => latestFinding().then(findingId => ({ findingId, state: 'confirmed' })),
    'findings.related': () => latestFinding().then(findingId => ({ findingId })),
    'findings.register': () => ({ caseId }),
    'findings.triage': () =>
      latestFact().then(fact => ({ caseId, target: { facts: [fact] }, action: { kind: 'flag', flagged: true } })),
    'findings.review': () => latestFact().then(fact => ({ caseId, target: { facts: [fact] }, verdict: 'approved' })),
    'findings.undo': () => ({ caseId, seq: 1_000_000 }),
    'findings.tryExplanations': () => latestFact().then(fact => ({ caseId, facts: [fact] })),
    'findings.explanationRows': () => ({ caseId, seq: 1_000_000, explanation: 'reversed' }),
    'risk.list': () => ({ caseId, level: 'account' }),
    'risk.read': () => ({ caseId, level: 'transaction', key: '1' }),
    'typologies.list': () => ({ caseId }),
    'typologies.counts': () => ({ caseId }),
    'typologies.read': () => ({ caseId, id: 'layering', version: 1 }),
    'typologies.try': () => ({ caseId, typology: TYPOLOGY }),
    'typologies.save': () => ({ caseId, typology: TYPOLOGY }),
    'typologies.backtest': () => ({ caseId, a: { id: 'layering', version: 1 } }),
    'calibrations.run': () => ({ caseId, motifs: 1 }),
    'calibrations.read': () => ({ caseId }),
    'coverage.tests': () => ({ caseId }),
    'coverage.test': () => ({ caseId, test: 'duplicate-exact' }),
    'graphs.search': () => ({ caseId }),
    'graphs.expand': () => ({ caseId, node: 'party:NOBODY' }),
    'graphs.finding': () => latestFinding().then(findingId => ({ findingId })),
    'reports.build': () => ({ caseId }),
    'reports.list': () => ({ caseId }),
    'reports.read': () => ({ reportId: randomUUID(), format: 'html' }),
    'audits.list': () => ({}),
    'audits.verify': () => ({}),
    'audits.checkpoints': () => ({}),
    'audits.acceptRollback': () => ({ reason: 'Restored from the backup of Monday.' }),
    'workspaces.verify': () => {
      const folder = join(station.folder, 'elsewhere');
      mkdirSync(folder, { recursive: true });
      return { grant: station.engine.grantPath(station.session, folder, 'folder').grant, passphrase: PASSPHRASE };
    },
    'audits.export': () => ({}),
    'audits.verifyExport': () => ({ grant: station.grant(station.file('none.nexus-audit', 'no export')) }),
    'audits.search': () => ({}),
    'audits.compliance': () => ({}),
    'custody.list': () => ({ caseId }),
    'custody.check': () => ({ caseId, purpose: 'routine' }),
    'custody.openOriginal': () => ({ sourceId, purpose: 'comparison' }),
    'custody.exportOriginal': () => ({ sourceId, purpose: 'disclosure', grant: newFolder() }),
    'custody.transfer': () => ({ sourceId, recipient: 'Laboratory', purpose: 'examination' }),
    'custody.certificate': () => ({ caseId }),
    'cases.retention': () => ({ caseId }),
    'cases.close': () => ({ caseId: randomUUID(), reason: 'concluded' }),
    'cases.reopen': () => ({ caseId: randomUUID(), reason: 'new evidence' }),
    'cases.hold': () => ({ caseId: randomUUID(), reason: 'litigation' }),
    'cases.releaseHold': () => ({ caseId: randomUUID(), reason: 'settled' }),
    'jobs.list': () => ({}),
    'jobs.read': () => ({ jobId: randomUUID() }),
    'jobs.cancel': () => ({ jobId: randomUUID() }),
    'channels.list': () => ({}),
  };
  await prepareRecipe();
  return { caseId, sourceId, inputs, bankFile };
};

/** Channels that answer their input with a refusal of their own here (nothing of that id; already open): they were reached. */
export const REACHED: Partial<Record<ChannelName, string>> = {
  'findings.review': 'separation.own-decision',
  'cases.assign': 'account.unknown',
  'cases.unassign': 'assignment.unknown',
  'accounts.proposeRoles': 'account.unknown',
  'accounts.approveProposal': 'proposal.unknown',
  'accounts.rejectProposal': 'proposal.unknown',
  'alerts.acknowledge': 'alert.unknown',
  'settings.change': 'settings.changed',
  'factors.confirm': 'factor.code-wrong',
  'factors.reset': 'factor.not-enrolled',
  'factors.renewCodes': 'factor.not-enrolled',
  'factors.prove': 'factor.not-enrolled',
  'oauth.removeProvider': 'oauth.provider-unknown',
  'oauth.unlink': 'oauth.link-unknown',
  'findings.undo': 'finding.step-unknown',
  'findings.explanationRows': 'explanation.unknown',
  'reports.read': 'report.unknown',
  'jobs.read': 'job.unknown',
  'graphs.expand': 'graph.node-unknown',
  'reconciliations.confirm': 'reconciliation.match-unknown',
  'reconciliations.confirmAbove': 'reconciliation.run-again',
  'reconciliations.reject': 'reconciliation.match-unknown',
  'reconciliations.match': 'reconciliation.rows-missing',
  'reconciliations.unmatch': 'reconciliation.match-unknown',
  'reconciliations.lock': 'reconciliation.period-empty',
  'reconciliations.unlock': 'reconciliation.lock-unknown',
  'reconciliations.explain': 'reconciliation.proposal-unknown',
  'reconciliations.addRate': 'reconciliation.rate-invalid',
  'reconciliations.previewUndo': 'reconciliation.step-unknown',
  'reconciliations.undo': 'reconciliation.step-unknown',
  'reconciliations.redo': 'reconciliation.step-unknown',
  'files.transactions': 'inspection.unknown',
  'profiles.remove': 'profile.unknown',
  'sources.archive': 'source.unknown',
  'sources.restore': 'source.unknown',
  'cases.close': 'case.unknown',
  'cases.reopen': 'case.unknown',
  'cases.hold': 'case.unknown',
  'cases.releaseHold': 'case.unknown',
  'audits.acceptRollback': 'workspace.not-rolled-back',
  'workspaces.create': 'workspace.already-open',
  'workspaces.open': 'workspace.already-open',
  'workspaces.recover': 'workspace.already-open',
  'accounts.resetPassword': 'account.unknown',
  'accounts.revoke': 'account.unknown',
  'accounts.reinstate': 'account.unknown',
  'sessions.end': 'session.not-there',
};
