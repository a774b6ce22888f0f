import { parentPort, workerData } from 'node:worker_threads';
import type { EngineRequest, EngineWorkerData } from '../engine/engine-worker-protocol.ts';
import { serveEngine } from '../engine/serve-engine.ts';

const port = parentPort;
if (port === null) throw new Error('the engine worker must be started as a worker thread');
const { take } = serveEngine(workerData as EngineWorkerData, reply => port.postMessage(reply), false);
port.on('message', (request: EngineRequest) => take(request));
