import { modals } from '@mantine/modals';
import { notifications } from '@mantine/notifications';
import { flowsForgotten } from '../features/flows/flows.slice.ts';
import { engineApi } from './engine/engine-api.ts';
import { jobsForgotten } from './engine/jobs.slice.ts';
import type { AppThunk } from './store.ts';

/**
 * Empties the window of everything it shows of a workspace: answers, jobs, notes, open dialogs, waiting calls. What the
 * screens themselves hold goes with them, since without an open workspace only the sign-in is shown.
 */
export const forgetSession =
  (): AppThunk<void> =>
  (dispatch, _state, { stepUp }) => {
    modals.closeAll();
    notifications.clean();
    stepUp.settle(false);
    dispatch(jobsForgotten());
    dispatch(flowsForgotten());
    dispatch(engineApi.util.resetApiState());
  };
