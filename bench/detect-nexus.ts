/**
 * One process of the detection bench: `build FILE HOME` imports a file into a new workspace; `run HOME` opens it and runs the
 * tests on what is stored: first those of a daily look, then the whole catalogue, nothing taken over. Prints one JSON line.
 */
import { basename } from 'node:path';
import type { ChannelInput, ChannelName, ChannelResult } from '../src-main/contract/index.ts';
import type { JobView } from '../src-main/contract/jobs.contract.ts';
import { Engine } from '../src-main/engine/engine.ts';
import { systemPorts } from '../src-main/platform/system-ports.ts';

const PASSPHRASE = 'the bench has no secrets';
const WORKSPACE = 'Bench';
/** The tests that the performance goals name. */
const DAILY = [
  'duplicate-exact',
  'same-same-different',
  'relative-size-factor',
  'benford-first-two',
  'last-two-digits',
  'round-numbers',
  'sequence-gap',
  'just-below-threshold',
  'weekend-holiday',
  'velocity',
];

const [mode, first, second] = process.argv.slice(2) as ['build' | 'run', string, string];
const home = mode === 'build' ? second : first;
const engine = new Engine({ homeFolder: home, ports: systemPorts() });
const session = engine.openSession();
const ended = new Map<string, (view: JobView) => void>();
engine.subscribe(event => {
  if (event.name === 'job.finished') ended.get(event.payload.jobId)?.(event.payload);
});

const invoke = async (channel: ChannelName, input: unknown): Promise<unknown> => {
  const answer = await engine.invoke(session, channel, input);
  if (!answer.ok) throw new Error(`${channel}: ${JSON.stringify(answer.error)}`);
  return answer.value;
};
const job = async <C extends ChannelName>(channel: C, input: ChannelInput<C>): Promise<ChannelResult<C>> => {
  const { jobId } = (await invoke(channel, input)) as { jobId: string };
  const view = await new Promise<JobView>(resolve => {
    ended.set(jobId, resolve);
    void invoke('jobs.read', { jobId }).then(known => {
      if ((known as JobView).state !== 'running') resolve(known as JobView);
    });
  });
  if (view.state !== 'done') throw new Error(`${channel} ended ${view.state}: ${JSON.stringify(view.error)}`);
  return view.result as ChannelResult<C>;
};
const location = { name: WORKSPACE };

if (mode === 'build') {
  await invoke('workspaces.create', { location, passphrase: PASSPHRASE, actor: 'bench' });
  const { id } = (await invoke('cases.create', { name: basename(first) })) as { id: string };
  const { grant } = engine.grantPath(session, first, 'file');
  await job('imports.start', { caseId: id, files: [{ grant, side: 'bank' }] });
  // A first examination stands, as on a case that is worked on.
  await job('examinations.run', { caseId: id });
  await engine.close();
} else {
  await invoke('workspaces.open', { location, passphrase: PASSPHRASE, actor: 'bench' });
  const { cases } = (await invoke('cases.list', {})) as { cases: { id: string }[] };
  const caseId = cases[0]!.id;
  const { tests } = (await invoke('tests.list', {})) as { tests: { id: string }[] };
  const known = new Set(tests.map(test => test.id));
  const timed = async (input: Omit<ChannelInput<'examinations.run'>, 'caseId'>) => {
    const started = performance.now();
    const result = await job('examinations.run', { caseId, ...input });
    return { ms: performance.now() - started, result };
  };
  const daily = DAILY.filter(id => known.has(id));
  const cold = await timed({ tests: daily, fresh: true });
  const whole = await timed({ fresh: true });
  const again = await timed({});
  process.stdout.write(
    `${JSON.stringify({
      daily: { tests: daily, ms: cold.ms },
      whole: { ms: whole.ms, analysisMs: whole.result.timings.analysis, timings: whole.result.timings },
      again: { ms: again.ms },
      findings: Object.fromEntries(whole.result.tests.map(run => [run.test, run.findings])),
      notRun: Object.fromEntries(
        whole.result.tests.flatMap(run => (run.notRun === null ? [] : [[run.test, run.notRun]])),
      ),
    })}\n`,
  );
  await engine.close();
}
process.exit(0);
