import { z } from 'zod';
import {
  Count,
  DateText,
  DecimalText,
  FileGrant,
  InstantText,
  job,
  Overrides,
  PageRequest,
  query,
  RowNumber,
  Sha256Text,
  Uuid,
} from './channel.ts';
import { NexusErrorShape } from './errors.ts';

const BalanceShape = z.strictObject({ amount: DecimalText, date: DateText }).nullable();

/** A statement as `nexus inspect` and `nexus examine` print it (requirements/cli: additive changes only). */
export const StatementShape = z.strictObject({
  account: z.strictObject({
    id: z.string().nullable(),
    currency: z.string().nullable(),
    institution: z.string().nullable(),
  }),
  statementId: z.string().nullable(),
  opening: BalanceShape,
  closing: BalanceShape,
  from: DateText.nullable(),
  to: DateText.nullable(),
  count: Count,
  /** Journal entries or vouchers, where the statement stands for a ledger. */
  entries: Count.optional(),
  credits: DecimalText,
  debits: DecimalText,
  balanced: z.boolean().nullable(),
});
export const TransactionShape = z.strictObject({
  row: RowNumber,
  date: DateText.nullable(),
  valueDate: DateText.nullable(),
  amount: DecimalText,
  currency: z.string().nullable(),
  description: z.string(),
  counterparty: z.string(),
  reference: z.string(),
  type: z.string(),
  /** As the file states them; absent where it does not. */
  counterpartyAccount: z.string().optional(),
  category: z.string().optional(),
  ledgerAccount: z.string().optional(),
  entry: z.string().optional(),
});
export const RejectedShape = z.strictObject({ row: RowNumber, reason: z.string(), raw: z.string() });
export const WarningShape = z.strictObject({ row: RowNumber.nullable(), code: z.string(), message: z.string() });
const DialectShape = z.record(z.string(), z.unknown());

export const InspectedFile = z.strictObject({
  name: z.string(),
  sha256: Sha256Text.nullable(),
  bytes: Count,
  format: z.string().nullable(),
  encoding: z.string().nullable(),
  dialect: DialectShape,
  statements: z.array(StatementShape.extend({ transactions: z.array(TransactionShape).optional() })),
  rejected: z.array(RejectedShape),
  warnings: z.array(WarningShape),
  error: NexusErrorShape.optional(),
});
export type InspectedFile = z.infer<typeof InspectedFile>;

export const SIDES = ['bank', 'ledger'] as const;

export const SourceSummary = z.strictObject({
  id: Uuid,
  name: z.string(),
  side: z.enum(SIDES),
  sha256: Sha256Text,
  bytes: Count,
  format: z.string(),
  encoding: z.string(),
  importedAt: InstantText,
  transactions: Count,
  rejected: Count,
  warnings: Count,
  accounts: z.array(z.string()),
  from: DateText.nullable(),
  to: DateText.nullable(),
});
export type SourceSummary = z.infer<typeof SourceSummary>;

export const importsContract = {
  'imports.preview': query({
    permission: 'evidence.import',
    summary:
      'Reads the head of a granted file: format, dialect, first rows, open questions. Stores nothing; the grant stays usable',
    input: z.strictObject({ grant: FileGrant, overrides: Overrides.default({}) }),
    output: z.strictObject({
      file: InspectedFile,
      /** True when the preview covers only the head of the file. */
      partial: z.boolean(),
      /** Header names or column numbers of a table, [] for other formats. */
      columns: z.array(z.string()),
      /** Raw fields of the first records of a table, beside which the parsed values are shown. */
      sample: z.array(z.strictObject({ row: RowNumber, raw: z.array(z.string()) })),
    }),
  }),
  'imports.start': job({
    permission: 'evidence.import',
    summary: 'Imports granted files into a case: all of a file or nothing of it; the same bytes twice are recognized',
    input: z.strictObject({
      caseId: Uuid,
      files: z
        .array(
          z.strictObject({ grant: FileGrant, side: z.enum(SIDES).default('bank'), overrides: Overrides.default({}) }),
        )
        .min(1)
        .max(500),
    }),
    output: z.strictObject({
      files: z.array(InspectedFile.extend({ sourceId: Uuid.nullable(), alreadyImported: z.boolean() })),
    }),
    audit: 'evidence.imported',
  }),
  'files.inspect': job({
    permission: 'public',
    summary: 'Parses whole files and shows what they hold; stores nothing',
    input: z.strictObject({
      files: z
        .array(z.strictObject({ grant: FileGrant, overrides: Overrides.default({}) }))
        .min(1)
        .max(500),
    }),
    output: z.strictObject({ files: z.array(InspectedFile) }),
    audit: null,
  }),
  'sources.list': query({
    permission: 'evidence.read',
    summary: 'Sources (sealed originals) of a case',
    input: z.strictObject({ caseId: Uuid }),
    output: z.strictObject({ sources: z.array(SourceSummary) }),
  }),
  'sources.read': query({
    permission: 'evidence.read',
    summary: 'One source with its dialect, statements and warnings',
    input: z.strictObject({ sourceId: Uuid }),
    output: z.strictObject({
      source: SourceSummary,
      dialect: DialectShape,
      statements: z.array(StatementShape),
      warnings: z.array(WarningShape),
    }),
  }),
  'sources.rejected': query({
    permission: 'evidence.read',
    summary: 'Rejected records of a source, paged',
    input: z.strictObject({ sourceId: Uuid, ...PageRequest }),
    output: z.strictObject({ total: Count, rejected: z.array(RejectedShape) }),
  }),
  'formats.list': query({
    permission: 'public',
    summary: 'Formats NEXUS reads',
    input: z.strictObject({}),
    output: z.strictObject({
      formats: z.array(
        z.strictObject({ format: z.string(), title: z.string(), version: z.string(), standard: z.string() }),
      ),
    }),
  }),
};
