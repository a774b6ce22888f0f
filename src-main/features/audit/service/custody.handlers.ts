import { NexusError } from '../../../contract/errors.ts';
import type { Handlers, JobContext } from '../../../engine/handler.ts';
import { onCommand, onJob, onQuery } from '../../../engine/handler.ts';
import { hex, sha256, utf8 } from '../../../platform/digest.ts';
import { requireCase } from '../../cases/storage/case.repository.ts';
import { requireSource } from '../../ingestion/service/source.handlers.ts';
import type { SourceRecord } from '../../ingestion/storage/source.repository.ts';
import { sourcesOfCase } from '../../ingestion/storage/source.repository.ts';
import { certificateHtml, certificateText } from '../domain/custody-certificate.ts';
import { pageOfCustody } from '../storage/custody.repository.ts';
import { SYSTEM_ACTOR } from './audit-trail.ts';
import { certificateFacts } from './custody-facts.ts';
import type { CustodyFact } from './custody-record.ts';
import { recordCustody } from './custody-record.ts';
import type { KeepAnswer, Rehashed, RehashTask } from './custody-rehash-task.ts';

const mismatch = (names: readonly string[]): NexusError =>
  new NexusError({
    code: 'custody.mismatch',
    category: 'integrity',
    message: `Not the bytes that were imported: ${names.slice(0, 5).join(', ')}${names.length > 5 ? ` and ${names.length - 5} more` : ''}.`,
    kept: 'What was found is in the custody ledger and in the log.',
    remedy: 'Do not rely on these originals; restore the evidence folder from a backup and compare.',
  });

/** The original's readable source; one whose import is not complete has none. */
const completeSource = (context: JobContext, id: string): SourceRecord => {
  const source = requireSource(context.workspace().read, id);
  if (source.state === 'complete') return source;
  throw new NexusError({
    code: 'source.state',
    category: 'conflict',
    message: `The import of “${source.name}” is not complete.`,
    kept: 'Nothing was changed.',
  });
};

const now = (context: { readonly ports: { readonly clock: { now(): number } } }): string =>
  new Date(context.ports.clock.now()).toISOString();

/** Records what was found of one original, in a unit of work of its own. */
const recordOne = (context: JobContext, act: string, fact: CustodyFact): void => {
  const { source, purpose, found } = fact;
  const agrees = found === source.sha256;
  context.write((store, audit) =>
    recordCustody(store, context.session.opened ?? SYSTEM_ACTOR, now(context), [fact], obj =>
      audit(act, {
        case: source.case_id,
        source: source.id,
        name: source.name,
        purpose,
        agrees,
        ...(found === null ? {} : { found }),
        ...obj,
      }),
    ),
  );
};

const rehashTask = (context: JobContext, source: SourceRecord, more: Partial<RehashTask>): RehashTask => ({
  task: 'rehash',
  seal: context.workspace().seal(source.case_id, source.id),
  target: null,
  part: null,
  ...more,
});

const rehashed = async (context: JobContext, task: RehashTask): Promise<Rehashed> =>
  (await context.pool.run('analysis', task, { signal: context.signal })) as Rehashed;

export const custodyHandlers: Handlers = {
  ...onQuery('custody.list', ({ store }, { caseId, sourceId, offset, limit }) => {
    requireCase(store, caseId);
    return pageOfCustody(store, { caseId, sourceId }, offset, limit);
  }),
  ...onJob('custody.check', {
    title: () => 'Check of the originals',
    onCancel: 'What was checked so far is not recorded; nothing is changed.',
    run: async (context, { caseId, purpose }) => {
      const workspace = context.workspace();
      requireCase(workspace.read, caseId);
      const sources = sourcesOfCase(workspace.read, caseId).filter(source => source.state === 'complete');
      const facts: CustodyFact[] = [];
      let bytes = 0;
      for (const source of sources) {
        context.progress({ stage: 're-hashing', done: facts.length, total: sources.length, unit: 'files' });
        const result = await rehashed(context, rehashTask(context, source, {}));
        bytes += result.bytes;
        facts.push({ source, kind: 'check', purpose, found: result.found });
      }
      const wrong = facts.filter(({ source, found }) => found !== source.sha256).map(({ source }) => source.name);
      context.write((store, audit) =>
        recordCustody(store, context.session.opened ?? SYSTEM_ACTOR, now(context), facts, obj =>
          audit('custody.checked', { case: caseId, purpose, files: facts.length, mismatched: wrong.length, ...obj }),
        ),
      );
      if (wrong.length > 0) throw mismatch(wrong);
      return { files: facts.length, bytes };
    },
  }),
  ...onJob('custody.openOriginal', {
    title: () => 'Opening of an original',
    onCancel: 'Nothing is shown and nothing is changed.',
    run: async (context, { sourceId, purpose, offset, limit }) => {
      const source = completeSource(context, sourceId);
      const result = await rehashed(context, rehashTask(context, source, { part: { offset, length: limit } }));
      recordOne(context, 'custody.original-opened', { source, kind: 'access', purpose, found: result.found });
      if (result.found !== source.sha256) throw mismatch([source.name]);
      return {
        expected: source.sha256,
        found: result.found,
        agrees: true,
        bytes: result.bytes,
        offset,
        content: Buffer.from(result.part ?? []).toString('base64'),
      };
    },
  }),
  ...onJob('custody.exportOriginal', {
    title: () => 'Export of an original',
    onCancel: 'No file is left.',
    run: async (context, { sourceId, purpose, kind, grant }) => {
      const source = completeSource(context, sourceId);
      const { path: folder } = context.grants.take(context.session.id, grant, 'folder');
      const fileName = source.name.replaceAll(/[/\\]/g, '_');
      const task = rehashTask(context, source, { target: { folder, name: fileName } });
      const recording: { failure: Error | null } = { failure: null };
      const result = (await context.pool.run('analysis', task, {
        signal: context.signal,
        onMessage: (body, reply) => {
          const { found } = body as Rehashed;
          let keep = false;
          try {
            // Recorded first: no original gets its name outside without its entry.
            recordOne(context, 'custody.original-exported', { source, kind, purpose, found });
            keep = found === source.sha256;
          } catch (error) {
            recording.failure = error instanceof Error ? error : new Error(String(error));
          }
          reply({ keep } satisfies KeepAnswer);
        },
      })) as Rehashed;
      if (recording.failure !== null) throw recording.failure;
      if (result.found !== source.sha256) throw mismatch([source.name]);
      return { expected: source.sha256, found: result.found, agrees: true, bytes: result.bytes, fileName };
    },
  }),
  ...onCommand('custody.transfer', (context, { sourceId, recipient, purpose, receipt }) => {
    const source = requireSource(context.store, sourceId);
    const fact: CustodyFact = { source, kind: 'transfer', purpose, found: null, recipient, receipt };
    const [event] = recordCustody(context.store, context.session.opened ?? SYSTEM_ACTOR, now(context), [fact], obj =>
      context.audit({
        case: source.case_id,
        source: source.id,
        name: source.name,
        purpose,
        recipient,
        receipt,
        ...obj,
      }),
    );
    if (event === undefined) throw new Error('the transfer was not recorded');
    return event;
  }),
  ...onCommand('custody.certificate', (context, { caseId, format }) => {
    const facts = certificateFacts(context.store, context.workspace().workspaceId, now(context), caseId);
    const content = format === 'html' ? certificateHtml(facts) : certificateText(facts);
    const digest = hex(sha256(utf8(content)));
    context.audit({ case: caseId, format, originals: facts.originals.length, digest: `sha256:${digest}` });
    return {
      fileName: `certificate-draft-${caseId.slice(0, 8)}.${format === 'html' ? 'html' : 'txt'}`,
      mediaType: format === 'html' ? 'text/html' : 'text/plain',
      content,
      sha256: digest,
    };
  }),
};
