import type { ParserTask } from '../features/ingestion/service/parser-tasks.ts';
import { runParserTask } from '../features/ingestion/service/parser-tasks.ts';
import { serveTasks } from '../platform/worker-task.ts';

serveTasks((task, channel) => runParserTask(task as ParserTask, channel));
