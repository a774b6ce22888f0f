import type { NexusErrorData } from '../../contract/errors.ts';
import type { ChannelResult } from '../../contract/index.ts';

type Run = ChannelResult<'examinations.run'>;
export type ImportedFile = ChannelResult<'imports.start'>['files'][number];

/** What `nexus examine --json` prints (requirements: additive changes only). */
export interface ExaminationResult extends Pick<Run, 'quality' | 'duplicates' | 'reconciliation' | 'tests'> {
  /** The named workspace's folder; null for a temporary one. */
  readonly workspace: string | null;
  readonly case: string;
  readonly files: readonly ImportedFile[];
  readonly findings: ChannelResult<'findings.export'>['findings'];
  readonly report: {
    readonly path: string;
    readonly pdfSha256: string;
    readonly htmlSha256: string;
    readonly pages: number;
  } | null;
  readonly audit: { readonly entries: number; readonly root: string };
  /** Milliseconds by stage. */
  readonly timings: Readonly<Record<string, number>>;
}

/** The same where no file could be read: nothing was examined. */
export interface RefusedExamination extends Pick<ExaminationResult, 'workspace' | 'case' | 'files'> {
  readonly error: NexusErrorData;
}
