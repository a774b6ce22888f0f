import { MantineProvider, useMantineColorScheme } from '@mantine/core';
import { ModalsProvider } from '@mantine/modals';
import { Notifications } from '@mantine/notifications';
import { useEffect } from 'react';
import { I18nextProvider } from 'react-i18next';
import { Provider } from 'react-redux';
import { RouterProvider } from 'react-router/dom';
import { StepUpDialog } from '../features/identity/StepUpDialog.tsx';
import { i18next } from '../i18n/i18n.ts';
import { BridgeContext } from './BridgeContext.tsx';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { router } from './Router.tsx';
import { StepUpContext } from './step-up/StepUpContext.tsx';
import type { StepUpGate } from './step-up/step-up-gate.ts';
import { type AppStore, useAppSelector } from './store.ts';
import { cssVariables, theme } from './theme.ts';
import type { Bridge } from './transport/bridge.ts';

/** The density is an attribute, so that plain CSS and the grid read the same one. */
const DensityAttribute = () => {
  const density = useAppSelector(state => state.preferences.density);
  useEffect(() => {
    document.documentElement.dataset.density = density;
  }, [density]);
  return null;
};

/** Mantine keeps the theme choice; the browser's own parts (scroll bars, date fields) follow it. */
const SchemeAttribute = () => {
  const { colorScheme } = useMantineColorScheme();
  useEffect(() => {
    document.documentElement.style.colorScheme = colorScheme === 'auto' ? 'light dark' : colorScheme;
  }, [colorScheme]);
  return null;
};

interface AppProps {
  readonly store: AppStore;
  readonly bridge: Bridge;
  readonly stepUp: StepUpGate;
}

export const App = ({ store, bridge, stepUp }: AppProps) => (
  <I18nextProvider i18n={i18next}>
    <Provider store={store}>
      <BridgeContext value={bridge}>
        <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
          <DensityAttribute />
          <SchemeAttribute />
          <ModalsProvider>
            <Notifications position="bottom-right" />
            <ErrorBoundary>
              <RouterProvider router={router} />
              <StepUpContext value={stepUp}>
                <StepUpDialog />
              </StepUpContext>
            </ErrorBoundary>
          </ModalsProvider>
        </MantineProvider>
      </BridgeContext>
    </Provider>
  </I18nextProvider>
);
