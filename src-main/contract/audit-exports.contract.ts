import { z } from 'zod';
import { Count, FileGrant, InstantText, job, PageRequest, query, Sha256Text, Uuid } from './channel.ts';

/** What an entry is for a reviewer: who looked, who changed, what left, who may do what, the clock, who approved. */
export const AUDIT_CLASSES = ['access', 'change', 'export', 'security', 'clock', 'approval'] as const;
export const AuditClass = z.enum(AUDIT_CLASSES);

/** A day, or an instant in universal time. */
const FilterInstant = z.string().regex(/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?Z)?$/);

const EntryFilter = {
  /** Anywhere in the entry's text, in any case of letters. */
  text: z.string().min(1).max(200).optional(),
  /** An act, or the beginning of one (`evidence.`). */
  act: z.string().min(1).max(100).optional(),
  actor: z.string().min(1).max(100).optional(),
  role: z.string().min(1).max(100).optional(),
  pov: z.string().min(1).max(100).optional(),
  caseId: Uuid.optional(),
  class: AuditClass.optional(),
  /** True: only acts that Sarbanes-Oxley controls rest on; false: only the others. */
  sox: z.boolean().optional(),
  /** From the entry of this number on. */
  fromSeq: Count.optional(),
  /** Up to and with the entry of this number. */
  toSeq: Count.optional(),
  /** From this instant on. */
  from: FilterInstant.optional(),
  /** Before this instant. */
  to: FilterInstant.optional(),
};
const Filter = z.strictObject(EntryFilter);

/** A file as it leaves: its content where no folder was named. */
const ExportedFile = z.strictObject({
  fileName: z.string(),
  mediaType: z.string(),
  bytes: Count,
  sha256: Sha256Text,
  /** Base64; null where it was written to the folder. */
  content: z.string().nullable(),
});

const ClassifiedEntry = z.strictObject({
  seq: Count,
  at: InstantText,
  actor: z.string(),
  role: z.string(),
  pov: z.string(),
  act: z.string(),
  /** Null: an act that this version does not know. */
  class: AuditClass.nullable(),
  sox: z.boolean(),
  object: z.string(),
  leaf: z.string(),
});

export const auditExportsContract = {
  'audits.export': job({
    permission: 'audit.export',
    stepUp: true,
    summary: 'The log, or a part of it with proofs, as one file that others can verify without NEXUS (NEXUS-AX/1)',
    input: z.strictObject({
      scope: z
        .discriminatedUnion('kind', [
          z.strictObject({ kind: z.literal('all') }),
          z.strictObject({ kind: z.literal('case'), caseId: Uuid }),
          z.strictObject({ kind: z.literal('filter'), filter: Filter }),
        ])
        .default({ kind: 'all' }),
      /** Prove as well that the log grew from these sizes (a printed report names one). */
      provenFrom: z.array(z.number().int().positive()).max(20).default([]),
      /** The folder it is written to; without one the content is answered, up to 32 MiB. */
      grant: FileGrant.optional(),
    }),
    output: z.strictObject({
      entries: Count,
      size: Count,
      root: Sha256Text,
      /** The signing station's key, to be told to the other side by another way. */
      key: z.string(),
      files: z.array(ExportedFile),
    }),
    audit: 'log.exported',
  }),
  'audits.verifyExport': job({
    permission: 'public',
    summary: 'Verifies an exported log: needs no workspace and no passphrase',
    input: z.strictObject({
      grant: FileGrant,
      /** The station's key as it was told by another way. */
      key: z.string().min(1).max(300).optional(),
      /** K_0 from the recovery kit: checks every tag. */
      firstKey: Sha256Text.optional(),
      /** What a printed report states of the log. */
      mark: z.strictObject({ size: Count, root: Sha256Text }).optional(),
      /** A folder with the originals, to compare with the digests. */
      evidence: FileGrant.optional(),
    }),
    output: z.strictObject({
      ok: z.boolean(),
      /** Entries of the log at the export's checkpoint, and its root. */
      entries: Count,
      root: z.string(),
      checkpoints: Count,
      unwitnessed: Count,
      evidence: z.strictObject({ files: Count, mismatched: z.array(z.string()) }),
      problems: z.array(z.strictObject({ code: z.string(), where: z.string(), message: z.string() })),
      export: z.strictObject({
        entries: Count,
        scope: z.string(),
        key: z.string(),
        /** What was not checked, and why. */
        notes: z.array(z.string()),
      }),
    }),
    audit: null,
  }),
  'audits.search': query({
    permission: 'audit.read',
    summary: 'Audit entries that fit a filter, newest first, with counts by act and by person',
    input: z.strictObject({ ...EntryFilter, ...PageRequest }),
    output: z.strictObject({
      total: Count,
      entries: z.array(ClassifiedEntry),
      acts: z.array(z.strictObject({ act: z.string(), count: Count })),
      actors: z.array(z.strictObject({ actor: z.string(), count: Count })),
    }),
  }),
  'audits.compliance': query({
    permission: 'audit.read',
    summary: 'Who saw, changed, exported and approved what; acts that Sarbanes-Oxley controls rest on are flagged',
    input: z.strictObject({
      caseId: Uuid.optional(),
      from: FilterInstant.optional(),
      to: FilterInstant.optional(),
    }),
    output: z.strictObject({
      entries: Count,
      people: z.array(
        z.strictObject({
          actor: z.string(),
          roles: z.array(z.string()),
          counts: z.record(AuditClass, Count),
          sox: Count,
          firstAt: InstantText,
          lastAt: InstantText,
        }),
      ),
      acts: z.array(
        z.strictObject({
          actor: z.string(),
          act: z.string(),
          class: AuditClass.nullable(),
          sox: z.boolean(),
          caseId: Uuid.nullable(),
          count: Count,
          firstAt: InstantText,
          lastAt: InstantText,
        }),
      ),
      /** True where `acts` was cut at its limit; the counts of people are whole. */
      cut: z.boolean(),
      /** Acts in the log that this version does not know: never silently passed over. */
      unclassified: z.array(z.string()),
    }),
  }),
};
