/**
 * What each field of an input that names something stands for. A field named as an id that is not in here fails a
 * test: whoever adds one says whose it is.
 */
export type IdScope =
  /** Belongs to a case by itself: resolved here, refused like an unknown one where that case is not the caller's. */
  | 'case'
  | 'source'
  | 'finding'
  | 'report'
  /** Means something only inside the case that the same input names. */
  | 'within-case'
  /** Known to the session it was given to, to no other. */
  | 'session'
  /** The workspace's: accounts, providers, profiles, alerts hold nothing of a case. */
  | 'workspace';

/** By field name, whatever its depth. */
export const ID_SCOPES: Readonly<Record<string, IdScope>> = {
  caseId: 'case',
  sourceId: 'source',
  sourceIds: 'source',
  findingId: 'finding',
  reportId: 'report',
  runId: 'within-case',
  ruleId: 'within-case',
  transactionId: 'within-case',
  transactionIds: 'within-case',
  seq: 'within-case',
  seqs: 'within-case',
  fact: 'within-case',
  facts: 'within-case',
  node: 'within-case',
  shown: 'within-case',
  key: 'within-case',
  lock: 'within-case',
  keep: 'within-case',
  duplicate: 'within-case',
  a: 'within-case',
  b: 'within-case',
  party: 'within-case',
  parties: 'within-case',
  account: 'within-case',
  accounts: 'within-case',
  ledgerAccounts: 'within-case',
  jobId: 'session',
  held: 'session',
  grant: 'session',
  grants: 'session',
  bank: 'session',
  ledger: 'session',
  keyFile: 'session',
  evidence: 'session',
  profileId: 'workspace',
  accountId: 'workspace',
  providerId: 'workspace',
  proposalId: 'workspace',
  alertId: 'workspace',
  // Numbers of entries of the log.
  fromSeq: 'workspace',
  toSeq: 'workspace',
};

/** Fields called only `id`, by channel: what they name. */
export const PLAIN_IDS: Readonly<Record<string, IdScope>> = {
  'profiles.save': 'workspace',
  'profiles.remove': 'workspace',
  'rules.check': 'within-case',
  'rules.dryRun': 'within-case',
  'rules.save': 'within-case',
  'recipes.apply': 'within-case',
  'typologies.read': 'within-case',
  'typologies.try': 'within-case',
  'typologies.save': 'within-case',
  'typologies.backtest': 'within-case',
  // A column of a table in the caller's own file.
  'tables.link': 'session',
  'sessions.end': 'workspace',
  'oauth.saveProvider': 'workspace',
  'oauth.removeProvider': 'workspace',
  'oauth.unlink': 'workspace',
};
