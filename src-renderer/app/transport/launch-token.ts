const STORAGE_KEY = 'nexus.token';

/** The launch token in a location hash (`#token=…`); null when there is none. */
export const tokenInHash = (hash: string): string | null => /^#token=([^&]+)$/.exec(hash)?.[1] ?? null;

/**
 * Takes the one-launch token out of the address, so that it is neither shown, bookmarked nor sent on,
 * and keeps it for reloads of this tab. Empty text when the window was opened without one.
 */
export const takeLaunchToken = (
  location: Pick<Location, 'hash' | 'pathname' | 'search'>,
  history: History,
  storage: Storage,
): string => {
  const token = tokenInHash(location.hash);
  if (token === null) return storage.getItem(STORAGE_KEY) ?? '';
  const decoded = decodeURIComponent(token);
  storage.setItem(STORAGE_KEY, decoded);
  history.replaceState(null, '', `${location.pathname}${location.search}`);
  return decoded;
};
