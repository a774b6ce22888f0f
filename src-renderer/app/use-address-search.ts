import { type NavigateOptions, type URLSearchParamsInit, useLocation, useSearchParams } from 'react-router';

interface Address {
  readonly path: string;
  readonly search: URLSearchParams;
}

/** The path and the conditions that a window's hash names: `#/cases/1/records?text=rent`. */
export const addressOf = (hash: string): Address => {
  const text = hash.replace(/^#/, '');
  const mark = text.indexOf('?');
  return mark < 0
    ? { path: text, search: new URLSearchParams() }
    : { path: text.slice(0, mark), search: new URLSearchParams(text.slice(mark + 1)) };
};

/** Gets the conditions as the address states them now, a copy of its own, and gives those it shall state. */
type ChangeSearch = (
  edit: (now: URLSearchParams) => URLSearchParamsInit,
  options?: Pick<NavigateOptions, 'replace'>,
) => void;

/**
 * The conditions in the address, and a way to change some of them and keep the others.
 *
 * What a screen shows is older than the address for as long as React renders the newer one (the router hands a place over in
 * a transition), and the setter of useSearchParams starts from what is shown: of two conditions given in that time the second
 * would undo the first. So a change starts from the address itself, which the router sets at once. When that is another
 * screen's already, this one is being left: a change would call the person back, and is not made.
 */
export const useAddressSearch = (): readonly [search: URLSearchParams, change: ChangeSearch] => {
  const [search, setSearch] = useSearchParams();
  const { pathname } = useLocation();
  const change: ChangeSearch = (edit, options = {}) => {
    const now = addressOf(globalThis.location.hash);
    if (now.path === pathname) setSearch(edit(now.search), options);
  };
  return [search, change];
};
