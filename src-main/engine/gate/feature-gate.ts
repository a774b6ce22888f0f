import type { FeatureFlags } from '../../features/settings/service/environment-profile.ts';
import { refusal } from './refusals.ts';

/** A feature that a station has switched off answers nothing, to nobody. */
export const assertFeature = (features: FeatureFlags, channel: string): void => {
  if (channel.startsWith('oauth.') && !features.openIdConnect)
    throw refusal(
      'feature-off',
      'feature.off',
      'Signing in with OpenID providers is switched off at this station.',
      'Ask who runs this station, or use your password and one-time codes.',
    );
};
