import { fileURLToPath } from 'node:url';
import { utilityProcess } from 'electron';
import type { EnginePort, EngineReply, EngineWorkerData } from '../../engine/engine-worker-protocol.ts';
import { workerUrl } from '../../platform/worker-url.ts';

/** Starts an engine in a utility process: Node without a window, without network of its own need. */
export const forkEngine = (data: EngineWorkerData): EnginePort => {
  const child = utilityProcess.fork(fileURLToPath(workerUrl('engine-process')), [JSON.stringify(data)], {
    serviceName: 'NEXUS engine',
  });
  let hasEnded = false;
  const ended = new Promise<string>(resolve => {
    child.once('exit', code => {
      hasEnded = true;
      resolve(`The engine has ended (${code}).`);
    });
  });
  return {
    post: request => {
      if (!hasEnded) child.postMessage(request);
    },
    onMessage: listener => void child.on('message', (reply: EngineReply) => listener(reply)),
    onEnd: listener => void ended.then(listener),
    end: async () => {
      // Its stores are closed: nothing is lost by ending it.
      if (!hasEnded) child.kill();
      await ended;
    },
  };
};
