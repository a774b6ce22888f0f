import type { HandlerContext } from '../../../engine/handler.ts';
import { readKeyFile } from '../../../platform/device-secret.ts';

/** The key file behind a grant; null where none was given. Throws what `readKeyFile` throws. */
export const grantedKeyFile = (context: HandlerContext, grant: string | undefined) =>
  grant === undefined ? null : readKeyFile(context.grants.take(context.session.id, grant, 'file').path);
