import { fixedPorts, systemPorts } from '../platform/system-ports.ts';
import { errorDataOf } from '../platform/worker-task.ts';
import { Engine } from './engine.ts';
import type { EngineReply, EngineRequest, EngineWorkerData } from './engine-worker-protocol.ts';

/** Runs an engine behind a line: answers each request, passes events on. Answers what takes a request. */
export const serveEngine = (
  { homeFolder, fixedClock }: EngineWorkerData,
  post: (reply: EngineReply) => void,
  locksByItself: boolean,
): { readonly take: (request: EngineRequest) => void; readonly close: () => Promise<void> } => {
  const ports = fixedClock === null ? systemPorts() : fixedPorts(fixedClock);
  const engine = new Engine({ homeFolder, ports, locksByItself });
  engine.subscribe((event, session) => post({ kind: 'event', event, session }));
  engine.onSpent(() => post({ kind: 'spent' }));

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
      case 'lock':
        await engine.lock(request.reason);
        return null;
      case 'retire':
        return engine.isSpent;
      case 'warm':
        engine.warm();
        return null;
      case 'close':
        await engine.close();
        return null;
    }
  };

  return {
    take: request => {
      answer(request).then(
        value => post({ kind: 'reply', id: request.id, value }),
        (error: unknown) => post({ kind: 'refused', id: request.id, error: errorDataOf(error) }),
      );
    },
    close: () => engine.close(),
  };
};
