/** What data and what acts the matrix of points of view speaks of. */
export const NOUNS = [
  'all_financial_data',
  'legal_evidence',
  'all_data',
  'strategic_data',
  'financial_analysis',
  'case_documents',
  'judicial_decisions',
  'strategic_plans',
  'data_reconciliation',
  'evidence_collection',
  'case_review',
  'risk_assessment',
  'fraud_detection_alerts',
  'legal_actions',
  'final_judgments',
  'major_decisions',
] as const;
export type Noun = (typeof NOUNS)[number];

export const VERBS = ['read', 'write', 'execute', 'approve'] as const;
export type Verb = (typeof VERBS)[number];

/** The authorization matrix of the product's architecture, word for word: what each role may do with which noun. */
export const ROLE_MATRIX = {
  financial_examiner: {
    read: ['all_financial_data'],
    write: ['financial_analysis'],
    execute: ['data_reconciliation'],
    approve: ['fraud_detection_alerts'],
  },
  prosecutor: {
    read: ['legal_evidence'],
    write: ['case_documents'],
    execute: ['evidence_collection'],
    approve: ['legal_actions'],
  },
  judge: {
    read: ['all_data'],
    write: ['judicial_decisions'],
    execute: ['case_review'],
    approve: ['final_judgments'],
  },
  executive: {
    read: ['strategic_data'],
    write: ['strategic_plans'],
    execute: ['risk_assessment'],
    approve: ['major_decisions'],
  },
} as const satisfies Record<string, Readonly<Record<Verb, readonly Noun[]>>>;

export type RoleName = keyof typeof ROLE_MATRIX;

/** The roles, as the matrix lists them. */
export const ROLE_NAMES = Object.keys(ROLE_MATRIX) as RoleName[];
