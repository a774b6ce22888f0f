import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { _electron } from '@playwright/test';
import { electronPath, ROOT } from './hosts.ts';
import { type Application, downloadFrom, dropFiles, listenForComplaints, type Window } from './window.ts';

/** NEXUS as the desktop application. Each window is a launch of its own: one runs at a time, as for a person. */
export const startElectronApplication = (home: string): Application => ({
  home,
  openWindow: () => openElectronWindow(home),
  stop: async () => undefined,
});

const openElectronWindow = async (home: string): Promise<Window> => {
  const executablePath = electronPath();
  if (executablePath === null) throw new Error('Electron is not installed');
  const profile = mkdtempSync(join(home, '.profile-'));
  const application = await _electron.launch({
    executablePath,
    // Chromium refuses to start as root with its sandbox.
    args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), `--user-data-dir=${profile}`, ROOT],
    env: { ...environment(), NEXUS_HOME: home },
    acceptDownloads: true,
  });
  const page = await application.firstWindow();
  const voice = listenForComplaints(page);
  await page.setViewportSize({ width: 1280, height: 800 });
  return {
    page,
    ...voice,
    chooseFiles: async (opener, paths) => {
      // The system's dialog is beyond Playwright's reach: its answer is put in its place.
      await application.evaluate(({ dialog }, filePaths) => {
        dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [...filePaths] });
      }, paths);
      await opener.click();
    },
    dropFiles: (target, paths) => dropFiles(page, target, paths),
    download: button => downloadFrom(page, button),
    close: async () => {
      await application.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
};

const environment = (): Record<string, string> =>
  Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
