import { NexusError } from '../../../contract/errors.ts';
import type { Handlers, JobContext } from '../../../engine/handler.ts';
import { onJob } from '../../../engine/handler.ts';
import { hex, utf8 } from '../../../platform/digest.ts';
import { productVersion } from '../../../platform/product-version.ts';
import { verifierFiles } from '../../../platform/verifier-files.ts';
import { requireCase } from '../../cases/storage/case.repository.ts';
import { certificateText } from '../domain/custody-certificate.ts';
import type { BundleScope } from '../domain/proof-bundle.ts';
import { checkpointUpTo } from '../storage/audit-checkpoint.repository.ts';
import type { EntryFilter } from './audit-entry-filter.ts';
import { entryFilter } from './audit-entry-filter.ts';
import { writeBeside } from './audit-export-sink.ts';
import type { AuditExportTask, SealAnswer, SealRequest, WrittenExport } from './audit-export-task.ts';
import { smallFile } from './audit-export-task.ts';
import type { ExportVerification, VerifyExportTask } from './audit-export-verify.ts';
import { certificateFacts, logName } from './custody-facts.ts';

type AskedScope =
  | { readonly kind: 'all' }
  | { readonly kind: 'case'; readonly caseId: string }
  | { readonly kind: 'filter'; readonly filter: EntryFilter };

/** The scope as the export states it, and the filter it stands for. */
const scopeOf = (asked: AskedScope): { readonly scope: BundleScope; readonly filter: EntryFilter | null } => {
  switch (asked.kind) {
    case 'all':
      return { scope: { kind: 'all' }, filter: null };
    case 'case':
      return { scope: { kind: 'case', case: asked.caseId }, filter: { caseId: asked.caseId } };
    case 'filter': {
      const given = Object.entries(asked.filter).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, value] as const],
      );
      entryFilter(asked.filter);
      return { scope: { kind: 'filter', filter: Object.fromEntries(given) }, filter: asked.filter };
    }
  }
};

/** Says in the log that an export is being made, and signs the log as of then. */
const begin = (context: JobContext, scope: BundleScope, provenFrom: readonly number[]) => {
  const { trail } = context.workspace();
  return context.write((store, audit) => {
    const before = trail.head().size;
    const unknown = provenFrom.find(size => size > before);
    if (unknown !== undefined)
      throw new NexusError({
        code: 'export.size-unknown',
        category: 'usage',
        message: `The log has ${before} entries: it cannot be proven to have grown from ${unknown}.`,
        kept: 'Nothing was exported.',
      });
    const mark = checkpointUpTo(store, before)?.size;
    audit('log.export-started', { scope: scopeText(scope), ...caseNamed(scope) });
    const { size, root, note } = trail.checkpoint(store, 'export');
    const sizes = new Set([...provenFrom, ...(mark === undefined ? [] : [mark])]);
    return { size, root: hex(root), note, sizes: [...sizes].sort((a, b) => a - b) };
  });
};

/** The one case that a scope keeps to; null where it keeps to none. */
const caseOf = (scope: BundleScope): string | null => {
  if (scope.kind === 'case') return scope.case;
  const named = scope.kind === 'filter' ? scope.filter.caseId : undefined;
  return typeof named === 'string' ? named : null;
};
const caseNamed = (scope: BundleScope): { readonly case?: string } => {
  const caseId = caseOf(scope);
  return caseId === null ? {} : { case: caseId };
};

const scopeText = (scope: BundleScope): string =>
  scope.kind === 'filter' ? `filter ${JSON.stringify(scope.filter)}` : scope.kind;

/** The folder it is written to; null: the content is answered. */
const folderOf = (context: JobContext, grant: string | undefined): string | null =>
  grant === undefined ? null : context.grants.take(context.session.id, grant, 'folder').path;

export const auditExportHandlers: Handlers = {
  ...onJob('audits.export', {
    title: () => 'Export of the log',
    onCancel: 'No file is left; the log says that an export was begun.',
    run: async (context, { scope: asked, provenFrom, grant }) => {
      const { workspaceId, storePath, dataKey: key, trail, read } = context.workspace();
      if (asked.kind === 'case') requireCase(read, asked.caseId);
      const { scope, filter } = scopeOf(asked);
      const folder = folderOf(context, grant);
      const madeAt = new Date(context.ports.clock.now()).toISOString();
      const { size, root, note, sizes } = begin(context, scope, provenFrom);
      const certificate = certificateText(certificateFacts(read, workspaceId, madeAt, caseOf(scope)));
      const fileName = `nexus-log-${madeAt.slice(0, 10)}-${size}.nexus-audit`;
      const task: AuditExportTask = {
        task: 'audit-export',
        storePath,
        key,
        log: logName(workspaceId),
        vkey: trail.vkey,
        product: `NEXUS ${productVersion}`,
        madeAt,
        checkpoint: { size, root, note },
        scope,
        filter,
        provenFrom: sizes,
        certificate,
        fileName,
        folder,
      };
      context.progress({ stage: 'writing entries and proofs', done: 0, total: size, unit: 'entries' });
      const written = (await context.pool.run('analysis', task, {
        signal: context.signal,
        onMessage: (body, reply) =>
          reply({ note: trail.sealExport((body as SealRequest).sha256) } satisfies SealAnswer),
      })) as WrittenExport;
      const beside = [
        ...verifierFiles(),
        {
          name: fileName.replace('.nexus-audit', '.certificate.txt'),
          mediaType: 'text/plain',
          bytes: utf8(certificate),
        },
      ];
      if (folder !== null) for (const { name, bytes } of beside) writeBeside(folder, name, bytes);
      context.write((_store, audit) =>
        audit('log.exported', {
          scope: scopeText(scope),
          ...caseNamed(scope),
          entries: written.entries,
          size,
          root,
          digest: `sha256:${written.sha256}`,
        }),
      );
      return {
        entries: written.entries,
        size,
        root,
        key: trail.vkey,
        files: [
          {
            fileName,
            mediaType: 'application/x-nexus-audit',
            bytes: written.bytes,
            sha256: written.sha256,
            content: written.content === null ? null : Buffer.from(written.content).toString('base64'),
          },
          ...beside.map(({ name, mediaType, bytes }) => smallFile(name, mediaType, bytes, folder !== null)),
        ],
      };
    },
  }),
  ...onJob('audits.verifyExport', {
    title: () => 'Verification of an exported log',
    onCancel: 'Nothing is changed by a verification.',
    run: async (context, { grant, key, firstKey, mark, evidence }) => {
      const { id } = context.session;
      const task: VerifyExportTask = {
        task: 'verify-export',
        path: context.grants.take(id, grant, 'file').path,
        key: key ?? null,
        firstKey: firstKey ?? null,
        mark: mark ?? null,
        evidence: evidence === undefined ? null : context.grants.take(id, evidence, 'folder').path,
      };
      return (await context.pool.run('analysis', task, { signal: context.signal })) as ExportVerification;
    },
  }),
};
