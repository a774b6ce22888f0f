import type { NexusErrorData } from '../../contract/errors.ts';
import { NexusError } from '../../contract/errors.ts';

/** A call that is refused: the caller hears `error`, the log the reason. */
export class GateRefusal extends NexusError {
  readonly reason: string;
  constructor(reason: string, error: NexusErrorData) {
    super(error);
    this.reason = reason;
  }
}

/** A refusal for want of a right. */
export const refusal = (reason: string, code: string, message: string, remedy: string): GateRefusal =>
  new GateRefusal(reason, { code, category: 'permission', message, kept: 'Nothing was changed.', remedy });
