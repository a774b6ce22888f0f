/** Row types of every table (one block a table, as migrations create them). */
export interface Schema {
  workspace_facts: { name: string; value: string };
  /** `tag`: null in entries older than the tags. */
  audit_entries: { seq: number; entry: string; leaf: Uint8Array; tag: Uint8Array | null };
  audit_stations: { station: number; vkey: string; from_size: number; at: string };
  audit_checkpoints: {
    size: number;
    root: Uint8Array;
    /** Roots of the complete subtrees, largest first, 32 bytes each: from them the tree goes on growing. */
    peaks: Uint8Array;
    note: string;
    reason: string;
    at: string;
    station: number;
  };
  accounts: {
    id: string;
    username: string;
    folded_name: string;
    display_name: string;
    role: string;
    secondary_roles: string;
    supervisor: number;
    analysis_mode: string;
    ai_intervention_level: string;
    state: 'active' | 'revoked';
    created_at: string;
    created_by: string;
    last_sign_in_at: string | null;
  };
  account_events: { ordinal: number; account_id: string; at: string; actor: string; act: string; detail: string };
  key_headers: { ordinal: number; at: string; digest: Uint8Array };
  custody_events: {
    seq: number;
    source_id: string;
    case_id: string;
    kind: 'ingest' | 'access' | 'copy' | 'export' | 'transfer' | 'check';
    name: string;
    purpose: string;
    expected: string;
    found: string | null;
    agrees: number;
    recipient: string;
    receipt: string;
    actor: string;
    role: string;
    at: string;
    entry: number;
  };
  case_retention_events: {
    case_id: string;
    seq: number;
    kind: 'closed' | 'reopened' | 'hold-placed' | 'hold-released';
    reason: string;
    actor: string;
    at: string;
  };
  cases: { id: string; name: string; created_at: string };
  sources: {
    ordinal: number;
    id: string;
    case_id: string;
    name: string;
    side: 'bank' | 'ledger';
    state: 'importing' | 'complete';
    sha256: string;
    bytes: number;
    compression: 'gzip' | null;
    format: string;
    encoding: string;
    dialect: string;
    imported_at: string;
    amount_scale: number;
    first_transaction_id: number;
    transaction_count: number;
    rejected_count: number;
    warning_count: number;
    /** The archive this file came out of: its own source's id. */
    container_id: string | null;
    /** SHA-256 of the readable text sealed beside an original whose bytes cannot be read in place. */
    text_sha256: string | null;
    /** Encoding of that text; null for the file's own. */
    text_encoding: 'utf-8' | null;
    /** The examiner's answers and control totals as JSON; null for none. */
    settings: string | null;
    /** The mapping profile it was read with, in that version. */
    profile_id: string | null;
    profile_version: number | null;
    /** Set aside: kept, and left out of everything that is computed. Changes after the import. */
    set_aside_at: string | null;
    set_aside_reason: string | null;
  };
  mapping_profiles: {
    id: string;
    name: string;
    institution: string;
    format: string;
    /** Normalized header names as JSON. */
    header: string;
    overrides: string;
    version: number;
    created_at: string;
    updated_at: string;
  };
  statements: {
    source: number;
    ordinal: number;
    account_id: string | null;
    currency: string | null;
    institution: string | null;
    owner: string | null;
    statement_id: string | null;
    opening_amount: string | null;
    opening_day: number | null;
    closing_amount: string | null;
    closing_day: number | null;
    from_day: number | null;
    to_day: number | null;
    transaction_count: number;
    credits: string;
    debits: string;
    entry_count: number | null;
  };
  transactions: {
    id: number;
    source: number;
    row_number: number;
    byte_offset: number;
    byte_length: number;
    statement: number;
    booking_day: number;
    value_day: number | null;
    amount_units: number;
    currency: number | null;
    counterparty: number | null;
    counterparty_account: number | null;
    type: number | null;
    reference: string;
    description: string;
    category: number | null;
    ledger_account: number | null;
    entry: number | null;
    poster: number | null;
    entered: number | null;
    time: number | null;
  };
  dictionary_values: { source: number; dictionary: string; code: number; value: string };
  rejected_records: {
    source: number;
    ordinal: number;
    row_number: number;
    byte_offset: number;
    byte_length: number;
    reason: string;
    raw: string;
  };
  import_warnings: { source: number; ordinal: number; row_number: number | null; code: string; message: string };
  examination_runs: {
    ordinal: number;
    id: string;
    case_id: string;
    ran_at: string;
    input_digest: string;
    summary: string;
  };
  quality_failures: { run: number; rule: string; rows: Uint8Array };
  near_duplicates: {
    run: number;
    ordinal: number;
    first_transaction: number;
    second_transaction: number;
    score: number;
    agree: string;
    differ: string;
    kind: 'overlap' | 'exact' | 'near';
  };
  reconciliation_matches: {
    run: number;
    ordinal: number;
    status: 'confirmed' | 'proposed';
    kind: string;
    score: number;
    bank_transactions: string;
    ledger_transactions: string;
    reasons: string;
  };
  reconciliation_orphans: {
    run: number;
    side: 'bank' | 'ledger';
    ordinal: number;
    transaction_id: number;
    candidates: string;
    proposals: string;
  };
  reconciliation_events: { case_id: string; seq: number; title: string; actor: string; at: string; body: string };
  reconciliation_runs: {
    ordinal: number;
    id: string;
    case_id: string;
    ran_at: string;
    examination: number;
    sides: string;
    input_digest: string;
    summary: string;
  };
  findings: {
    ordinal: number;
    id: string;
    run: number;
    case_id: string;
    test: string;
    version: string;
    finding_key: string;
    severity: string;
    severity_rank: number;
    score: number;
    reason: string;
    row_count: number;
    rows: Uint8Array;
    rows_digest: string;
  };
  finding_decisions: {
    ordinal: number;
    case_id: string;
    test: string;
    finding_key: string;
    rows_digest: string;
    state: 'open' | 'explained' | 'confirmed' | 'dismissed';
    reason: string;
    actor: string;
    decided_at: string;
  };
  finding_events: { case_id: string; seq: number; actor: string; role: string; at: string; body: string };
  finding_event_facts: { case_id: string; seq: number; fact: string; hits: string };
  finding_event_rows: { case_id: string; seq: number; explanation: string; rows: Uint8Array };
  detection_settings: { case_id: string; version: number; at: string; actor: string; settings: string };
  typology_versions: {
    case_id: string;
    typology: string;
    version: number;
    saved_at: string;
    actor: string;
    body: string;
  };
  calibrations: { ordinal: number; id: string; case_id: string; ran_at: string; basis: string; summary: string };
  recipe_events: { case_id: string; seq: number; title: string; actor: string; at: string; body: string };
  standardization_runs: {
    ordinal: number;
    id: string;
    case_id: string;
    ran_at: string;
    input_digest: string;
    recipe_seq: number;
    output_digest: string;
    summary: string;
  };
  standardization_sets: { run: number; name: string; rows: Uint8Array };
  party_proposals: { case_id: string; ordinal: number; cluster: string };
  party_proposal_runs: { case_id: string; proposed_at: string; threshold: number; input_digest: string };
  reports: {
    ordinal: number;
    id: string;
    case_id: string;
    run: number;
    built_at: string;
    pages: number;
    audit_root: string;
    pdf_sha256: string;
    html_sha256: string;
    pdf: Uint8Array;
    html: string;
  };
  account_factors: {
    account_id: string;
    /** The shared secret of RFC 6238. */
    secret: Uint8Array;
    enrolled_at: string;
    /** Null until a first code showed that the authenticator has the secret. */
    confirmed_at: string | null;
    /** The greatest time step accepted; null for none. */
    last_step: number | null;
    /** Steps given away by a hint, as a JSON array. */
    spent_steps: string;
    failures: number;
  };
  recovery_codes: {
    account_id: string;
    ordinal: number;
    salt: Uint8Array;
    digest: Uint8Array;
    spent_at: string | null;
  };
  oauth_providers: {
    id: string;
    name: string;
    issuer: string;
    client_id: string;
    /** Further scopes as a JSON array. */
    scopes: string;
    updated_at: string;
  };
  oauth_accounts: {
    id: string;
    account_id: string;
    provider_id: string;
    subject: string;
    email: string | null;
    name: string | null;
    linked_at: string;
    last_used_at: string | null;
  };
  case_assignment_events: {
    ordinal: number;
    case_id: string;
    account_id: string;
    assigned: number;
    actor: string;
    at: string;
  };
  role_proposals: {
    ordinal: number;
    id: string;
    account_id: string;
    /** Rights as JSON. */
    before: string;
    after: string;
    reason: string;
    /** Account ids. */
    proposed_by: string;
    proposed_at: string;
    state: 'open' | 'approved' | 'rejected';
    decided_by: string | null;
    decided_at: string | null;
    decision_reason: string | null;
  };
  security_alerts: {
    ordinal: number;
    id: string;
    rule: string;
    severity: 'high' | 'medium';
    raised_at: string;
    actor: string;
    words: string;
    first_seq: number;
    last_seq: number;
    events: number;
    acknowledged_by: string | null;
    acknowledged_at: string | null;
    note: string | null;
  };
  workspace_settings: { version: number; at: string; actor: string; settings: string };
}
