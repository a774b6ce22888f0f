import './app/zod-jitless.ts';
import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import '@mantine/spotlight/styles.css';
import '@fontsource-variable/inter/wght.css';
import '@fontsource/ibm-plex-mono/400.css';
import '@fontsource/ibm-plex-mono/500.css';
import './app/global.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/App.tsx';
import { followEngine } from './app/engine/engine-events.ts';
import { tellOfInput } from './app/engine/person-input.ts';
import { StepUpGate } from './app/step-up/step-up-gate.ts';
import { createStore } from './app/store.ts';
import { createBrowserBridge } from './app/transport/browser-bridge.ts';
import { takeLaunchToken, tokenInHash } from './app/transport/launch-token.ts';

// A new launch's address given to this same tab may change nothing but the hash, which loads no page: the window has to.
addEventListener('hashchange', ({ newURL }) => {
  const address = new URL(newURL);
  if (tokenInHash(address.hash) === null) return;
  takeLaunchToken(address, history, sessionStorage);
  location.reload();
});

// The token leaves the address before the hash router reads it.
const bridge =
  window.nexus ??
  createBrowserBridge(location.origin, takeLaunchToken(location, history, sessionStorage), sessionStorage);
const stepUp = new StepUpGate();
const store = createStore(bridge, stepUp);
followEngine(store, bridge);
tellOfInput(bridge, window);

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <App bridge={bridge} store={store} stepUp={stepUp} />
  </StrictMode>,
);
