import type { JobContext } from '../../../engine/handler.ts';
import { stepStatuses } from '../../standardization/domain/index.ts';
import { recipeEvents } from '../../standardization/storage/recipe.repository.ts';
import type { ImportSettings } from './mapping-profile.ts';
import type { RequestedFile } from './requested-file.ts';
import { runParser } from './run-parser.ts';
import type { SourceOrigin } from './source-origin.ts';

/**
 * What a file is read with: what was asked for, or, where nothing was, what the case's recipe says of a file with these bytes.
 * So a recipe that was applied to another case reads the same files the same way.
 */
export const plannedSettings = async (
  context: JobContext,
  { caseId, name, settings }: RequestedFile,
  origin: SourceOrigin,
): Promise<ImportSettings> => {
  if (Object.keys(settings.overrides).length > 0 || settings.profile !== null) return settings;
  const planned = stepStatuses(recipeEvents(context.workspace().read, caseId)).flatMap(({ step, standing }) =>
    standing && step.kind === 'source-read' && Object.keys(step.overrides).length > 0 ? [step] : [],
  );
  if (planned.length === 0) return settings;
  const sha256 = (await runParser(
    context.pool,
    { task: 'digest', origin, name },
    { signal: context.signal },
  )) as string;
  const step = planned.findLast(({ source }) => source === sha256);
  return step === undefined ? settings : { ...settings, overrides: step.overrides };
};
