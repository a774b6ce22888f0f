import { z } from 'zod';
import {
  Count,
  command,
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

/** As the institution states it; the day is null where it states none. */
const BalanceShape = z.strictObject({ amount: DecimalText, date: DateText.nullable() }).nullable();

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
  poster: z.string().optional(),
  entered: z.string().optional(),
  time: z.string().optional(),
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
  /** The archive whose member it is. */
  archive: z.strictObject({ name: z.string(), sha256: Sha256Text }).optional(),
  /** Its transactions are held for `files.transactions` until the session's next inspection. */
  held: Uuid.optional(),
});
export type InspectedFile = z.infer<typeof InspectedFile>;

/** What is known of a file from elsewhere: checked before anything of it is stored. Debits are a positive sum. */
const Controls = z.strictObject({
  count: Count.optional(),
  credits: DecimalText.optional(),
  debits: DecimalText.optional(),
  net: DecimalText.optional(),
  closing: DecimalText.optional(),
});
const ArchiveMembers = z.array(z.strictObject({ name: z.string(), bytes: Count }));
/** A member's path inside an archive. */
const MemberName = z.string().min(1).max(70_000);

export const SIDES = ['bank', 'ledger'] as const;
export const SOURCE_STATES = ['in-use', 'set-aside'] as const;

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
  state: z.enum(SOURCE_STATES).optional(),
  /** Why it was set aside and when; null while it is in use. */
  setAside: z.strictObject({ at: InstantText, reason: z.string() }).nullable().optional(),
  /** The source of the archive it came out of. */
  containerId: Uuid.nullable().optional(),
  /** The mapping profile it was read with. */
  profile: z.strictObject({ id: Uuid, version: Count }).nullable().optional(),
  /** The examiner's answers and control totals it was read with. */
  settings: z.record(z.string(), z.string()).optional(),
});
export type SourceSummary = z.infer<typeof SourceSummary>;

export const importsContract = {
  'imports.preview': query({
    permission: 'evidence.import',
    summary:
      'Reads the head of a granted file: format, dialect, first rows, open questions. Stores nothing; the grant stays usable',
    input: z.strictObject({
      grant: FileGrant,
      /** A member of an archive; without it the first one is shown. */
      member: MemberName.optional(),
      overrides: Overrides.default({}),
      profileId: Uuid.optional(),
    }),
    output: z.strictObject({
      file: InspectedFile,
      /** True when the preview covers only the head of the file. */
      partial: z.boolean(),
      /** Header names or column numbers of a table, [] for other formats. */
      columns: z.array(z.string()),
      /** Raw fields of the first records of a table, beside which the parsed values are shown. */
      sample: z.array(z.strictObject({ row: RowNumber, raw: z.array(z.string()) })),
      /** What each column of a table is taken for, and what the file leaves open; null for a file that is no table. */
      mapping: z
        .strictObject({
          columns: z.array(
            z.strictObject({
              index: Count,
              name: z.string(),
              role: z.string().nullable(),
              confidence: z.number(),
              reason: z.string(),
              samples: z.array(z.string()),
              /** Other parts it could play, the likeliest first. */
              alternatives: z.array(z.strictObject({ role: z.string(), confidence: z.number(), reason: z.string() })),
            }),
          ),
          /** Each is answered by the override of that name. */
          questions: z.array(
            z.strictObject({ setting: z.string(), candidates: z.array(z.string()), reason: z.string() }),
          ),
        })
        .nullable()
        .optional(),
      /** The profile whose header is this file's: used only when the caller names it. */
      proposedProfile: z.strictObject({ id: Uuid, name: z.string(), reason: z.string() }).nullable().optional(),
      /** What an archive holds. */
      members: ArchiveMembers.optional(),
    }),
  }),
  'imports.start': job({
    permission: 'evidence.import',
    summary:
      'Imports granted files and members of archives into a case: all of a file or nothing of it; the same bytes twice are recognized',
    input: z.strictObject({
      caseId: Uuid,
      files: z
        .array(
          z.strictObject({
            grant: FileGrant,
            /** Left out: ledger for a format of the company's own books or orders, else bank. */
            side: z.enum(SIDES).optional(),
            overrides: Overrides.default({}),
            controls: Controls.optional(),
            profileId: Uuid.optional(),
          }),
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
    summary: 'Parses whole files and members of archives and shows what they hold; stores nothing',
    input: z.strictObject({
      files: z
        .array(
          z.strictObject({
            grant: FileGrant,
            /** Only this member of an archive; the grant then stays usable. */
            member: MemberName.optional(),
            overrides: Overrides.default({}),
            controls: Controls.optional(),
          }),
        )
        .min(1)
        .max(500),
      /** A file with more transactions holds them for `files.transactions`; without it all stand in the answer. */
      inlineRows: Count.optional(),
    }),
    output: z.strictObject({ files: z.array(InspectedFile) }),
    audit: null,
  }),
  'files.members': query({
    permission: 'public',
    summary: 'What a granted archive holds; null for a file that is none. The grant stays usable',
    input: z.strictObject({ grant: FileGrant }),
    output: z.strictObject({ members: ArchiveMembers.nullable() }),
  }),
  'files.transactions': query({
    permission: 'public',
    summary: 'A page of the transactions that the latest inspection holds, by statement, in file order',
    input: z.strictObject({
      held: Uuid,
      statement: Count,
      offset: Count.default(0),
      limit: z.number().int().min(1).max(10_000).default(5_000),
    }),
    output: z.strictObject({ transactions: z.array(TransactionShape) }),
  }),
  'sources.list': query({
    permission: 'evidence.read',
    summary: 'Sources (sealed originals) of a case, those set aside included',
    input: z.strictObject({ caseId: Uuid }),
    output: z.strictObject({ sources: z.array(SourceSummary) }),
  }),
  'sources.read': query({
    permission: 'evidence.read',
    logs: { kind: 'view', of: 'records' },
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
    logs: { kind: 'view', of: 'originals' },
    summary: 'Rejected records of a source, paged',
    input: z.strictObject({ sourceId: Uuid, ...PageRequest }),
    output: z.strictObject({ total: Count, rejected: z.array(RejectedShape) }),
  }),
  'sources.exportRejected': query({
    permission: 'evidence.read',
    logs: { kind: 'export', of: 'records' },
    summary: 'Rejected records of a source as CSV: row, reason and raw text; the header line with the first part',
    input: z.strictObject({
      sourceId: Uuid,
      offset: Count.default(0),
      limit: z.number().int().min(1).max(10_000).default(10_000),
    }),
    output: z.strictObject({ total: Count, rows: Count, fileName: z.string(), content: z.string() }),
  }),
  'sources.archive': command({
    permission: 'evidence.import',
    summary: 'Sets a source aside (of an archive with its members): kept and verified, left out of everything computed',
    input: z.strictObject({ sourceId: Uuid, reason: z.string().trim().min(1).max(2_000) }),
    output: z.strictObject({ sources: Count }),
    audit: 'source.archived',
  }),
  'sources.restore': command({
    permission: 'evidence.import',
    summary: 'Takes a source that was set aside back into use (of an archive with its members)',
    input: z.strictObject({ sourceId: Uuid, reason: z.string().trim().min(1).max(2_000) }),
    output: z.strictObject({ sources: Count }),
    audit: 'source.restored',
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
