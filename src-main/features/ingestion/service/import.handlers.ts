import { NexusError } from '../../../contract/errors.ts';
import type { InspectedFile } from '../../../contract/imports.contract.ts';
import type { Handlers } from '../../../engine/handler.ts';
import { onJob, onPublicQuery, onQuery } from '../../../engine/handler.ts';
import type { ReadStore } from '../../../platform/store.ts';
import { requireCase } from '../../cases/storage/case.repository.ts';
import { FORMATS } from '../domain/formats.ts';
import { releaseHeld, requireHeld } from './held-transactions.ts';
import { importFile } from './import-file.ts';
import type { ImportedFile } from './imported-file.ts';
import { refusedImport } from './imported-file.ts';
import { inspectFile } from './inspect-file.ts';
import { archiveMembers } from './list-members.ts';
import type { Controls, ImportSettings } from './mapping-profile.ts';
import { importSettings, requireProfile } from './mapping-profile.ts';
import { previewFile } from './preview-file.ts';

interface Requested {
  readonly overrides: Readonly<Record<string, string>>;
  readonly controls?: Controls | undefined;
  readonly profileId?: string | undefined;
  readonly side?: 'bank' | 'ledger' | undefined;
}

const settingsOf = (store: ReadStore, { overrides, controls, profileId, side }: Requested): ImportSettings =>
  importSettings(profileId === undefined ? null : requireProfile(store, profileId), overrides, controls, side ?? null);

export const importHandlers: Handlers = {
  ...onQuery('imports.preview', (context, input) => {
    const { path, name } = context.grants.look(context.session.id, input.grant, 'file');
    return previewFile(context, { path, name, member: input.member ?? null }, settingsOf(context.store, input));
  }),
  ...onJob('imports.start', {
    title: ({ files }) => (files.length === 1 ? 'Import of one file' : `Import of ${files.length} files`),
    onCancel: 'Files imported completely stay; the file under way is removed again.',
    run: async (context, { caseId, files }) => {
      const workspace = context.workspace();
      requireCase(workspace.read, caseId);
      // Asked for before anything is read: an unknown profile is a wrong call, not a refused file.
      const settings = files.map(file => settingsOf(workspace.read, file));
      const done: ImportedFile[] = [];
      for (const [i, { grant }] of files.entries()) {
        const { path, name } = context.grants.take(context.session.id, grant, 'file');
        const requested = { caseId, path, name, settings: settings[i]! };
        try {
          done.push(...(await workspace.exclusive(context.signal, () => importFile(context, requested))));
        } catch (error) {
          // One refused file does not keep the others out; anything else ends the job.
          if (!(error instanceof NexusError) || error.data.category !== 'input') throw error;
          done.push(refusedImport(name, 0, error.data));
        }
      }
      return { files: done };
    },
  }),
  ...onJob('files.inspect', {
    title: ({ files }) => (files.length === 1 ? 'Inspection of one file' : `Inspection of ${files.length} files`),
    onCancel: 'Nothing is stored.',
    run: async (context, { files, inlineRows }) => {
      releaseHeld(context.session);
      const inspected: InspectedFile[] = [];
      for (const { grant, member, overrides, controls } of files) {
        // The grant of an archive stays usable for its other members.
        const { path, name } = context.grants[member === undefined ? 'take' : 'look'](
          context.session.id,
          grant,
          'file',
        );
        const settings = importSettings(null, overrides, controls);
        const request = {
          path,
          name,
          member: member ?? null,
          overrides: settings.overrides,
          inlineRows: inlineRows ?? Number.POSITIVE_INFINITY,
        };
        inspected.push(...(await inspectFile(context, request)));
      }
      return { files: inspected };
    },
  }),
  ...onPublicQuery('files.members', async (context, { grant }) => {
    const { path, name } = context.grants.look(context.session.id, grant, 'file');
    return { members: await archiveMembers(context.pool, path, name) };
  }),
  ...onPublicQuery('files.transactions', ({ session }, { held, statement, offset, limit }) => ({
    transactions: requireHeld(session, held).page(statement, offset, limit),
  })),
  ...onPublicQuery('formats.list', () => ({ formats: FORMATS.map(format => ({ ...format })) })),
};
