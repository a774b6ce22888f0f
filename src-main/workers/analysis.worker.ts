import type { AnalysisTask } from '../engine/analysis-tasks.ts';
import { runAnalysisTask } from '../engine/analysis-tasks.ts';
import { serveTasks } from '../platform/worker-task.ts';

serveTasks((task, channel) => runAnalysisTask(task as AnalysisTask, channel));
