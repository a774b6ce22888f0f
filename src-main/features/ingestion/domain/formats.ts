/** The formats NEXUS reads, each with the version of its reader and the standard it follows. */
export const FORMATS = [
  {
    format: 'csv',
    title: 'Delimited text (CSV, TSV)',
    version: '1.0.0',
    standard: 'RFC 4180 and the dialects banks write',
  },
  {
    format: 'ofx',
    title: 'Open Financial Exchange 1.x and 2.x',
    version: '1.0.0',
    standard: 'OFX 1.6 (SGML), OFX 2.3 (XML)',
  },
  { format: 'camt.052', title: 'Bank to customer account report', version: '1.0.0', standard: 'ISO 20022 camt.052' },
  { format: 'camt.053', title: 'Bank to customer statement', version: '1.0.0', standard: 'ISO 20022 camt.053' },
  {
    format: 'camt.054',
    title: 'Bank to customer debit/credit notification',
    version: '1.0.0',
    standard: 'ISO 20022 camt.054',
  },
] as const;
