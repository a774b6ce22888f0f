import type { NexusErrorData } from '../../../contract/errors.ts';
import { printable } from '../terminal.ts';

/** A refusal in its parts, a line each: what failed, where, how to answer an open question, what was kept, what to do next. */
export const errorText = (error: NexusErrorData): string => {
  const lines = [error.message];
  if (error.row !== undefined) lines.push(`at record ${error.row}`);
  for (const [setting, values] of Object.entries(error.candidates ?? {}))
    lines.push(`answer with --set ${setting}=${values.join(' | ')}`);
  if (error.kept !== undefined) lines.push(error.kept);
  if (error.remedy !== undefined) lines.push(error.remedy);
  return lines.map(printable).join('\n  ');
};
