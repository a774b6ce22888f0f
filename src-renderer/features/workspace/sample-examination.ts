import type { NexusErrorData } from '../../../src-main/contract/errors.ts';
import type { ChannelAnswer, ChannelInput } from '../../../src-main/contract/index.ts';
import type { CommandOutcome } from '../../app/engine/channel-hooks.ts';
import { type CommandChannel, engineApi, type QueryChannel } from '../../app/engine/engine-api.ts';
import { runJob } from '../../app/engine/run-job.ts';
import { asNexusError } from '../../app/error-parts.ts';
import { caseChosen } from '../../app/session.slice.ts';
import type { AppThunk } from '../../app/store.ts';

export const SAMPLE_WORKSPACE = 'Sample examination';
/** Shown on the screen: the sample's data is public, its passphrase protects nothing. */
export const SAMPLE_PASSPHRASE = 'invented figures open to everybody';
export const SAMPLE_STEPS = ['workspace', 'case', 'import', 'examine'] as const;
export type SampleStep = (typeof SAMPLE_STEPS)[number];
export type SampleOutcome =
  | { readonly caseId: string; readonly error?: undefined }
  | { readonly error: NexusErrorData; readonly caseId?: undefined };

const command =
  <C extends CommandChannel>(channel: C, input: ChannelInput<C>): AppThunk<Promise<CommandOutcome<ChannelAnswer<C>>>> =>
  async dispatch =>
    (await dispatch(engineApi.endpoints[channel].initiate(input))) as CommandOutcome<ChannelAnswer<C>>;

const read =
  <C extends QueryChannel>(channel: C, input: ChannelInput<C>): AppThunk<Promise<ChannelAnswer<C> | undefined>> =>
  async dispatch =>
    (await dispatch(engineApi.endpoints[channel].initiate(input, { forceRefetch: true, subscribe: false }))).data as
      | ChannelAnswer<C>
      | undefined;

/**
 * The sample from nothing to findings: workspace, case, import of the files that ship with NEXUS, examination.
 * A sample workspace made earlier is opened again, and its case shown as it was left.
 */
export const runSampleExamination =
  (actor: string, caseName: string, entered: (step: SampleStep) => void): AppThunk<Promise<SampleOutcome>> =>
  async (dispatch, _state, { bridge }) => {
    entered('workspace');
    const list = await dispatch(read('workspaces.list', {}));
    const exists = list?.workspaces.some(({ name }) => name === SAMPLE_WORKSPACE) ?? false;
    const access = { location: { name: SAMPLE_WORKSPACE }, passphrase: SAMPLE_PASSPHRASE, actor };
    const opened = await dispatch(
      exists ? command('workspaces.open', { ...access, orAnyAccount: true }) : command('workspaces.create', access),
    );
    if (opened.error !== undefined) return { error: opened.error };
    const found = await dispatch(read('cases.list', {}));
    const [earlier] = found?.cases ?? [];
    if (earlier !== undefined && earlier.transactions > 0) {
      dispatch(caseChosen(earlier.id));
      return { caseId: earlier.id };
    }
    entered('case');
    const created =
      earlier === undefined ? await dispatch(command('cases.create', { name: caseName })) : { data: earlier };
    if (created.error !== undefined) return { error: created.error };
    const caseId = created.data.id;
    dispatch(caseChosen(caseId));
    entered('import');
    try {
      const files = (await bridge.sampleFiles()).map(({ grant, side }) => ({ grant, side }));
      const imported = await dispatch(runJob('imports.start', { caseId, files }));
      if (imported.state === 'failed') return { error: imported.error };
      if (imported.state === 'cancelled') return { caseId };
    } catch (error) {
      return { error: asNexusError(error) };
    }
    entered('examine');
    const examined = await dispatch(runJob('examinations.run', { caseId }));
    return examined.state === 'failed' ? { error: examined.error } : { caseId };
  };
