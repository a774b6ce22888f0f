import type { ChannelAnswer } from '../../../src-main/contract/index.ts';

export type ProofWay = 'code' | 'password' | 'provider';

interface Held {
  readonly factors: Pick<ChannelAnswer<'factors.read'>, 'totp' | 'recoveryCodesLeft'> | undefined;
  readonly links: number;
  readonly withPassword: boolean;
}

/** The ways in which an account can prove that it is its person, the quickest first. */
export const proofWays = ({ factors, links, withPassword }: Held): readonly ProofWay[] => [
  ...(factors?.totp?.confirmedAt != null || (factors?.recoveryCodesLeft ?? 0) > 0 ? (['code'] as const) : []),
  ...(withPassword ? (['password'] as const) : []),
  ...(links > 0 ? (['provider'] as const) : []),
];
