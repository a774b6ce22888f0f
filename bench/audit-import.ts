import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ChannelInput, ChannelName } from '../src-main/contract/index.ts';
import { Engine } from '../src-main/engine/engine.ts';
import { AuditTrail } from '../src-main/features/audit/service/audit-trail.ts';
import { systemPorts } from '../src-main/platform/system-ports.ts';
import { generateFile } from './generate-file.ts';

/** What the log cost an import: its entries, the time inside of `append` and `checkpoint`, the time of the whole import. */
export interface ImportCost {
  readonly entries: number;
  readonly auditMs: number;
  readonly importMs: number;
}

/** Imports a generated file of `rows` into a new workspace, in this process, with a watch around each append. */
export const auditCostOfImport = async (rows: number): Promise<ImportCost> => {
  const folder = mkdtempSync(join(tmpdir(), 'nexus-bench-import-'));
  const watch = watchTrail();
  const engine = new Engine({ homeFolder: join(folder, 'home'), ports: systemPorts(), locksByItself: false });
  try {
    const path = join(folder, 'payments.csv');
    generateFile(path, rows, 1);
    const session = engine.openSession();
    const invoke = async <C extends ChannelName>(
      channel: C,
      input: ChannelInput<C>,
    ): Promise<Record<string, unknown>> => {
      const answer = await engine.invoke(session, channel, input);
      if (!answer.ok) throw new Error(`${channel}: ${JSON.stringify(answer.error)}`);
      return answer.value as Record<string, unknown>;
    };
    await invoke('workspaces.create', {
      location: { name: 'Bench' },
      passphrase: 'the bench has no secrets',
      actor: 'bench',
    });
    const caseId = String((await invoke('cases.create', { name: 'Payments' })).id);
    const { grant } = engine.grantPath(session, path, 'file');
    const finished = new Promise<void>((resolve, reject) => {
      engine.subscribe(({ name, payload }) => {
        if (name !== 'job.finished') return;
        if (payload.state === 'done') resolve();
        else reject(new Error(`the import ended ${payload.state}`));
      });
    });
    watch.start();
    const startedMs = performance.now();
    await invoke('imports.start', { caseId, files: [{ grant, side: 'bank' }] });
    await finished;
    return { ...watch.stop(), importMs: performance.now() - startedMs };
  } finally {
    await engine.close();
    rmSync(folder, { recursive: true });
  }
};

/** Adds up the time inside of the trail's writing methods. */
const watchTrail = (): { start: () => void; stop: () => Omit<ImportCost, 'importMs'> } => {
  const methods = ['append', 'checkpoint'] as const;
  const originals = Object.getOwnPropertyDescriptors(AuditTrail.prototype);
  let entries = 0;
  let auditMs = 0;
  return {
    start: () => {
      for (const name of methods) {
        const method = originals[name].value as (this: AuditTrail, ...given: unknown[]) => unknown;
        Object.defineProperty(AuditTrail.prototype, name, {
          configurable: true,
          value: function (this: AuditTrail, ...given: unknown[]): unknown {
            const startedMs = performance.now();
            try {
              return method.apply(this, given);
            } finally {
              auditMs += performance.now() - startedMs;
              if (name === 'append') entries += 1;
            }
          },
        });
      }
    },
    stop: () => {
      for (const name of methods) Object.defineProperty(AuditTrail.prototype, name, originals[name]);
      return { entries, auditMs };
    },
  };
};
