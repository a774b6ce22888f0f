import { parentPort, workerData } from 'node:worker_threads';
import { Engine } from '../engine/engine.ts';
import type { EngineReply, EngineRequest, EngineWorkerData } from '../engine/engine-worker-protocol.ts';
import { fixedPorts, systemPorts } from '../platform/system-ports.ts';
import { errorDataOf } from '../platform/worker-task.ts';

const port = parentPort;
if (port === null) throw new Error('the engine worker must be started as a worker thread');
const { homeFolder, fixedClock } = workerData as EngineWorkerData;
const engine = new Engine({ homeFolder, ports: fixedClock === null ? systemPorts() : fixedPorts(fixedClock) });
const post = (reply: EngineReply): void => port.postMessage(reply);
engine.subscribe((event, session) => post({ kind: 'event', event, session }));

const answer = async (request: EngineRequest): Promise<Extract<EngineReply, { kind: 'reply' }>['value']> => {
  switch (request.method) {
    case 'openSession':
      return engine.openSession();
    case 'closeSession':
      await engine.closeSession(request.session);
      return null;
    case 'invoke':
      return engine.invoke(request.session, request.channel, request.input);
    case 'grantPath':
      return engine.grantPath(request.session, request.path, request.kind);
    case 'warm':
      engine.warm();
      return null;
    case 'close':
      await engine.close();
      return null;
  }
};

port.on('message', (request: EngineRequest) => {
  answer(request).then(
    value => post({ kind: 'reply', id: request.id, value }),
    (error: unknown) => post({ kind: 'refused', id: request.id, error: errorDataOf(error) }),
  );
});
