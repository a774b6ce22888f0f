const STORAGE_KEY = 'nexus.actor';

/** The name given last on this machine, so that it need not be typed each morning. */
export const lastActor = (): string => localStorage.getItem(STORAGE_KEY) ?? '';
export const rememberActor = (actor: string): void => localStorage.setItem(STORAGE_KEY, actor);
