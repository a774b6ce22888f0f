import { NexusError } from '../contract/errors.ts';
import type { Environment } from '../features/settings/service/environment-profile.ts';
import { readEnvironment } from '../features/settings/service/environment-profile.ts';

/**
 * How this station runs, for a host that shows a window: read before anything else, so that a station set up wrongly does
 * not start. Throws `environment.invalid`, also for a standing clock where the profile allows none.
 */
export const windowEnvironment = (homeFolder: string, variables: NodeJS.ProcessEnv): Environment => {
  const environment = readEnvironment(homeFolder, variables);
  if (!environment.features.fixedClock && (variables.NEXUS_CLOCK ?? '') !== '')
    throw new NexusError({
      code: 'environment.invalid',
      category: 'usage',
      message: 'NEXUS_CLOCK is set: a window in production shows and writes true times only.',
      kept: 'NEXUS did not start; nothing was changed.',
      remedy: 'Start without NEXUS_CLOCK, or with NEXUS_PROFILE=development.',
    });
  return environment;
};
