import { app, Menu, type MenuItemConstructorOptions } from 'electron';

/** The application menu: roles only, so that the system words them. Reload and DevTools exist while developing only. */
export const applyMenu = (platform: NodeJS.Platform, developerTools: boolean): void => {
  const forDevelopers: MenuItemConstructorOptions[] =
    app.isPackaged || !developerTools ? [] : [{ role: 'reload' }, { role: 'toggleDevTools' }, { type: 'separator' }];
  const template: MenuItemConstructorOptions[] = [
    ...(platform === 'darwin' ? [{ role: 'appMenu' } as const] : []),
    { role: 'fileMenu' },
    { role: 'editMenu' },
    {
      role: 'viewMenu',
      submenu: [
        ...forDevelopers,
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { role: 'togglefullscreen' },
      ],
    },
    { role: 'windowMenu' },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
};
