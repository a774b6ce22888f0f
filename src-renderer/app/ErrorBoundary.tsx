import { Component, type ReactNode } from 'react';
import { ErrorState } from '../components/ErrorState.tsx';
import { t } from '../i18n/i18n.ts';
import { asNexusError } from './error-parts.ts';

interface State {
  readonly failure: unknown;
}

/** Catches a fault of the window itself: says that the evidence is untouched and offers to draw the screen again. */
export class ErrorBoundary extends Component<{ readonly children: ReactNode }, State> {
  override state: State = { failure: null };

  static getDerivedStateFromError(failure: unknown): State {
    return { failure };
  }

  override render(): ReactNode {
    if (this.state.failure === null) return this.props.children;
    return <FaultScreen failure={this.state.failure} onRetry={() => this.setState({ failure: null })} />;
  }
}

export const FaultScreen = ({ failure, onRetry }: { readonly failure: unknown; readonly onRetry: () => void }) => (
  <div style={{ padding: 24, maxWidth: 720, margin: '10vh auto' }}>
    <ErrorState
      error={{ ...asNexusError(failure), kept: t('errors.fault.kept'), remedy: t('errors.fault.remedy') }}
      onRetry={onRetry}
    />
  </div>
);
