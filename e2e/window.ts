import type { Download, Locator, Page } from '@playwright/test';

/** A window of the application. */
export interface Window {
  readonly page: Page;
  /** Console errors, page errors and CSP violations so far; must be empty when a test ends. */
  readonly complaints: readonly string[];
  /** Takes back complaints that the test itself caused, such as those of a host it killed. */
  readonly forgive: (pattern: RegExp) => void;
  /** Presses what opens the file dialog, and chooses these files in it. */
  readonly chooseFiles: (opener: Locator, paths: readonly string[]) => Promise<void>;
  /** Drops files of the disk on the middle of an element. */
  readonly dropFiles: (target: Locator, paths: readonly string[]) => Promise<void>;
  readonly download: (button: Locator) => Promise<Download>;
  readonly close: () => Promise<void>;
}

/** One running NEXUS with a home folder of its own. */
export interface Application {
  readonly home: string;
  /** A window in its first state: nobody signed in, default preferences. */
  readonly openWindow: () => Promise<Window>;
  readonly stop: () => Promise<void>;
}

/** Listens to everything a page may complain about. */
export const listenForComplaints = (page: Page): Pick<Window, 'complaints' | 'forgive'> => {
  const complaints: string[] = [];
  page.on('console', message => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', error => complaints.push(String(error)));
  return {
    complaints,
    forgive: pattern => {
      const others = complaints.filter(complaint => !pattern.test(complaint));
      complaints.splice(0, complaints.length, ...others);
    },
  };
};

/** A real drop of files from the disk, through the browser's own input protocol. */
export const dropFiles = async (page: Page, target: Locator, paths: readonly string[]): Promise<void> => {
  await target.scrollIntoViewIfNeeded();
  const box = await target.boundingBox();
  if (box === null) throw new Error('The drop target is not shown');
  const protocol = await page.context().newCDPSession(page);
  const drag = {
    x: box.x + box.width / 2,
    y: box.y + box.height / 2,
    data: { items: [], files: [...paths], dragOperationsMask: 1 },
  };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await protocol.send('Input.dispatchDragEvent', { type, ...drag });
  await protocol.detach();
};

export const downloadFrom = async (page: Page, button: Locator): Promise<Download> => {
  const [download] = await Promise.all([page.waitForEvent('download'), button.click()]);
  return download;
};
