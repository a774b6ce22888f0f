import { z } from 'zod';

/** How the screens present a case: what leads, and how much is shown at once. Per account, changed at /settings/pov. */
export const ANALYSIS_MODES = ['guided', 'standard', 'expert'] as const;
export const AnalysisMode = z.enum(ANALYSIS_MODES);
export type AnalysisMode = z.infer<typeof AnalysisMode>;

/** How far the assistant may go by itself for an account: nothing, answers only, proposals to confirm. */
export const AI_INTERVENTION_LEVELS = ['off', 'answers', 'proposals'] as const;
export const AiInterventionLevel = z.enum(AI_INTERVENTION_LEVELS);
export type AiInterventionLevel = z.infer<typeof AiInterventionLevel>;
