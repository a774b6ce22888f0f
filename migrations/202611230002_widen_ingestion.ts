/** Ledger lines, categories, archives and documents with a text of their own (docs/adr/0030). */
export const widenIngestion = {
  stamp: 202611230002,
  name: 'widen_ingestion',
  sql: `
ALTER TABLE sources ADD COLUMN container_id TEXT;
ALTER TABLE sources ADD COLUMN text_sha256 TEXT;
ALTER TABLE statements ADD COLUMN entry_count INTEGER;
ALTER TABLE transactions ADD COLUMN category INTEGER;
ALTER TABLE transactions ADD COLUMN ledger_account INTEGER;
ALTER TABLE transactions ADD COLUMN entry INTEGER;
`,
} as const;
