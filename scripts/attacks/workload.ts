// A station at work, to be killed, starved or watched: `node workload.ts HOME ROUNDS CANARY-FILE|-`.
// Before each act it writes `{"begin": …}`, after the engine confirmed it `{"done": …}` with what was confirmed, each line
// at once, so that whoever kills this process knows exactly what was promised. Refusals are written as `{"refused": …}`.
import { existsSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { NexusErrorData } from '../../src-main/contract/errors.ts';
import type { ChannelAnswer, ChannelInput, ChannelName, ChannelResult } from '../../src-main/contract/index.ts';
import { Engine } from '../../src-main/engine/engine.ts';
import { fixedPorts, systemPorts } from '../../src-main/platform/system-ports.ts';
import { ACTOR, passphraseOf, WORKSPACE, type WorkloadLine } from './workload-lines.ts';

const [home = '', rounds = '1', canaries = '-'] = process.argv.slice(2);
// Counted ids: each run names its files alike, so that a fault can be aimed at one of them.
const engine = new Engine({ homeFolder: home, ports: { ...systemPorts(), ids: fixedPorts(0).ids } });
const session = engine.openSession();

const tell = (line: WorkloadLine): void => void writeSync(1, `${JSON.stringify(line)}\n`);

/** A refusal ends the work: what it says is for the watcher to judge. */
const refused = (act: string, error: NexusErrorData): never => {
  tell({ refused: act, error });
  process.exit(3);
};
const call = async <C extends ChannelName>(channel: C, input: ChannelInput<C>): Promise<ChannelAnswer<C>> => {
  const answer = await engine.invoke(session, channel, input);
  return answer.ok ? (answer.value as ChannelAnswer<C>) : refused(channel, answer.error);
};
const run = async <C extends ChannelName>(channel: C, input: ChannelInput<C>): Promise<ChannelResult<C>> => {
  const finished = new Promise<{ readonly result?: unknown; readonly error?: unknown }>(resolve => {
    const stop = engine.subscribe(event => {
      if (event.name !== 'job.finished' || event.payload.channel !== channel) return;
      stop();
      resolve(event.payload);
    });
  });
  await call(channel, input);
  const { result, error } = await finished;
  return error === undefined ? (result as ChannelResult<C>) : refused(channel, error as NexusErrorData);
};
const act = async <T>(name: string, work: () => Promise<T>, confirmed: (value: T) => object): Promise<T> => {
  tell({ begin: name });
  const value = await work();
  tell({ done: name, confirmed: confirmed(value) });
  return value;
};

/** A statement of its own for each round, or the planted words. */
const statementOf = (round: number): string =>
  canaries === '-'
    ? `date,amount,currency,counterparty,reference,description\n${Array.from(
        { length: 400 },
        (_, row) =>
          `2024-0${(row % 9) + 1}-1${row % 10},${row % 3 ? '-' : ''}${(row * 37 + round) % 9_999}.25,EUR,Party ${row % 40},R-${round}-${row},text\n`,
      ).join('')}`
    : readFileSync(canaries, 'utf8');

const work = async (): Promise<void> => {
  const location = { name: WORKSPACE };
  let password = 0;
  if (existsSync(join(home, WORKSPACE, 'workspace.json')))
    await call('workspaces.open', { location, passphrase: passphraseOf(password), actor: ACTOR });
  else
    await act(
      'create',
      () => call('workspaces.create', { location, passphrase: passphraseOf(0), actor: ACTOR }),
      () => ({}),
    );
  for (let round = 0; round < Number(rounds); round++) {
    const stamp = String(round);
    const { id: caseId } = await act(
      'case',
      () => call('cases.create', { name: `Case ${stamp}` }),
      ({ id }) => ({ caseId: id }),
    );
    const path = join(home, '..', `statement-${stamp}.csv`);
    writeFileSync(path, statementOf(round));
    const { grant } = engine.grantPath(session, path, 'file');
    await act(
      'import',
      () => run('imports.start', { caseId, files: [{ grant, side: 'bank' }] }),
      ({ files }) => ({ caseId, sourceId: files[0]?.sourceId }),
    );
    await act(
      'examine',
      () => run('examinations.run', { caseId }),
      () => ({ caseId }),
    );
    await act(
      'search',
      () => call('transactions.page', { caseId, filter: { text: 'Orchideen' }, sort: 'party' }),
      () => ({}),
    );
    await act(
      'report',
      () => run('reports.build', { caseId }),
      ({ reportId }) => ({ caseId, reportId }),
    );
    await act(
      'export',
      () => call('findings.export', { caseId }),
      () => ({}),
    );
    await act(
      'password',
      () =>
        call('accounts.changePassword', {
          passphrase: passphraseOf(password),
          newPassphrase: passphraseOf(password + 1),
        }),
      () => ({ password: password + 1 }),
    );
    password += 1;
    await act(
      'close',
      () => call('workspaces.close', {}),
      () => ({}),
    );
    await act(
      'open',
      () => call('workspaces.open', { location, passphrase: passphraseOf(password), actor: ACTOR }),
      () => ({}),
    );
  }
  tell({ begin: 'idle' });
};

await work();
if (canaries === '-') {
  await engine.close();
  process.exit(0);
}
// The canary scan kills what is open: nothing may be tidied up first.
setInterval(() => undefined, 1_000);
