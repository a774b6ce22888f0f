import type { IpcMainInvokeEvent, WebContents } from 'electron';
import { PAGE_ORIGIN, PAGE_URL } from './protocol.ts';

/**
 * Whether an IPC message comes from the application's own page: the main frame of this very window, still there, at our
 * origin. A frame inside the page, a page that navigated away and another window are all refused.
 */
export const isOwnPage = (event: IpcMainInvokeEvent, contents: WebContents): boolean => {
  const frame = event.senderFrame;
  return (
    event.sender === contents &&
    frame !== null &&
    !frame.detached &&
    frame === contents.mainFrame &&
    frame.origin === PAGE_ORIGIN &&
    frame.url.startsWith(PAGE_URL)
  );
};
