import type { ReactNode } from 'react';
import type { ChannelState } from '../app/engine/channel-hooks.ts';
import { ErrorState } from './ErrorState.tsx';
import { LoadingBlock } from './LoadingBlock.tsx';

interface ChannelViewProps<T> {
  readonly of: ChannelState<T>;
  readonly children: (data: T) => ReactNode;
  readonly lines?: number;
}

/** What a channel answered, or grey lines while it is on its way, or its error. */
export const ChannelView = <T,>({ of, children, lines = 4 }: ChannelViewProps<T>) => {
  if (of.error !== undefined) return <ErrorState error={of.error} onRetry={of.refetch} />;
  if (of.data === undefined) return <LoadingBlock lines={lines} />;
  return children(of.data);
};
