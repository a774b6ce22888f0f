import { EventEmitter } from 'node:events';

/**
 * A stand-in for the `electron` module: it records what the host sets up (window options, handlers, switches) and lets a
 * test play the other side. Use: `vi.mock('electron', () => import('./electron-double.fixture.ts'))`, then
 * `resetElectron()` before each test.
 */
type Listener = (...args: never[]) => unknown;

export class WebContentsDouble extends EventEmitter {
  readonly mainFrame = { url: 'nexus://app/', origin: 'nexus://app', detached: false };
  readonly sent: { channel: string; args: unknown[] }[] = [];
  windowOpenHandler: ((details: { url: string }) => { action: string }) | null = null;
  webRtcPolicy: string | null = null;
  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }): void {
    this.windowOpenHandler = handler;
  }
  setWebRTCIPHandlingPolicy(policy: string): void {
    this.webRtcPolicy = policy;
  }
  send(channel: string, ...args: unknown[]): void {
    this.sent.push({ channel, args });
  }
}

export class BrowserWindow extends EventEmitter {
  static readonly all: BrowserWindow[] = [];
  readonly webContents = new WebContentsDouble();
  readonly options: Record<string, unknown>;
  readonly loaded: string[] = [];
  shown = false;
  focused = false;
  private destroyed = false;
  constructor(options: Record<string, unknown>) {
    super();
    this.options = options;
    BrowserWindow.all.push(this);
    app.emit('web-contents-created', {}, this.webContents);
  }
  async loadURL(url: string): Promise<void> {
    this.loaded.push(url);
  }
  show(): void {
    this.shown = true;
  }
  focus(): void {
    this.focused = true;
  }
  isMinimized(): boolean {
    return false;
  }
  isDestroyed(): boolean {
    return this.destroyed;
  }
  destroy(): void {
    this.destroyed = true;
    this.emit('closed');
  }
}

class AppDouble extends EventEmitter {
  isPackaged = true;
  firstInstance = true;
  sandboxed = false;
  quits = 0;
  readonly switches: [string, string?][] = [];
  readonly commandLine = {
    appendSwitch: (name: string, value?: string): void => {
      this.switches.push(value === undefined ? [name] : [name, value]);
    },
    hasSwitch: (name: string): boolean => this.switches.some(([known]) => known === name),
  };
  requestSingleInstanceLock(): boolean {
    return this.firstInstance;
  }
  enableSandbox(): void {
    this.sandboxed = true;
  }
  async whenReady(): Promise<void> {}
  quit(): void {
    this.quits += 1;
  }
}
export const app = new AppDouble();

class SessionDouble extends EventEmitter {
  permissionRequest: ((contents: unknown, permission: string, answer: (allow: boolean) => void) => void) | null = null;
  permissionCheck: ((contents: unknown, permission: string) => boolean) | null = null;
  devicePermission: (() => boolean) | null = null;
  displayMedia: ((request: unknown, answer: (streams: unknown) => void) => void) | null = null;
  beforeRequest: ((details: { url: string }, answer: (response: { cancel: boolean }) => void) => void) | null = null;
  proxy: unknown = null;
  spellChecker: boolean | null = null;
  readonly protocolHandlers = new Map<string, (request: Request) => Promise<Response>>();
  readonly protocol = {
    handle: (scheme: string, handler: (request: Request) => Promise<Response>): void => {
      this.protocolHandlers.set(scheme, handler);
    },
  };
  readonly webRequest = {
    onBeforeRequest: (listener: NonNullable<SessionDouble['beforeRequest']>): void => {
      this.beforeRequest = listener;
    },
  };
  setPermissionRequestHandler(handler: NonNullable<SessionDouble['permissionRequest']>): void {
    this.permissionRequest = handler;
  }
  setPermissionCheckHandler(handler: NonNullable<SessionDouble['permissionCheck']>): void {
    this.permissionCheck = handler;
  }
  setDevicePermissionHandler(handler: () => boolean): void {
    this.devicePermission = handler;
  }
  setDisplayMediaRequestHandler(handler: NonNullable<SessionDouble['displayMedia']>): void {
    this.displayMedia = handler;
  }
  setSpellCheckerEnabled(enabled: boolean): void {
    this.spellChecker = enabled;
  }
  setSpellCheckerLanguages(): void {}
  async setProxy(config: unknown): Promise<void> {
    this.proxy = config;
  }
}
export const powerMonitor = new EventEmitter();

export const session = { defaultSession: new SessionDouble() };

export const schemes: { scheme: string; privileges?: Record<string, boolean> }[] = [];
export const protocol = {
  registerSchemesAsPrivileged: (registered: typeof schemes): void => {
    schemes.push(...registered);
  },
};

export const ipcHandlers = new Map<string, Listener>();
export const ipcMain = {
  handle: (channel: string, handler: Listener): void => {
    if (ipcHandlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    ipcHandlers.set(channel, handler);
  },
  removeHandler: (channel: string): void => {
    ipcHandlers.delete(channel);
  },
};

export const dialogs = {
  chosen: [] as string[],
  cancelled: false,
  errors: [] as string[],
  properties: [] as readonly string[],
};
export const dialog = {
  showOpenDialog: async (
    _window: unknown,
    { properties }: { readonly properties: readonly string[] },
  ): Promise<{ canceled: boolean; filePaths: string[] }> => {
    dialogs.properties = properties;
    return { canceled: dialogs.cancelled, filePaths: dialogs.chosen };
  },
  showErrorBox: (_title: string, content: string): void => {
    dialogs.errors.push(content);
  },
};

type MenuItem = { readonly role?: string; readonly submenu?: readonly MenuItem[] };
export const menus: (readonly MenuItem[])[] = [];
export const Menu = {
  buildFromTemplate: (template: readonly MenuItem[]): readonly MenuItem[] => template,
  setApplicationMenu: (menu: readonly MenuItem[]): void => {
    menus.push(menu);
  },
};

/** Forgets everything recorded and returns to a packaged application that is the first instance. */
export const resetElectron = (): void => {
  powerMonitor.removeAllListeners();
  app.removeAllListeners();
  app.switches.length = 0;
  Object.assign(app, { isPackaged: true, firstInstance: true, sandboxed: false, quits: 0 });
  BrowserWindow.all.length = 0;
  session.defaultSession = new SessionDouble();
  schemes.length = 0;
  ipcHandlers.clear();
  menus.length = 0;
  Object.assign(dialogs, { chosen: [], cancelled: false, errors: [], properties: [] });
};
