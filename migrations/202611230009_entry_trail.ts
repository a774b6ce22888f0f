/** Who entered a record and when (TRAIL_COLUMNS): codes of the source's dictionaries, null where not stated. */
export const entryTrail = {
  stamp: 202611230009,
  name: 'entry_trail',
  sql: `
ALTER TABLE transactions ADD COLUMN poster INTEGER;
ALTER TABLE transactions ADD COLUMN entered INTEGER;
ALTER TABLE transactions ADD COLUMN time INTEGER;
`,
} as const;
