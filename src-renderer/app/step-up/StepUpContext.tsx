import { createContext } from 'react';
import { StepUpGate } from './step-up-gate.ts';

/** The gate that the dialog serves. */
export const StepUpContext = createContext(new StepUpGate());
