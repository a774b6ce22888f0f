import { promises as files } from 'node:fs';
import { extname, join, sep } from 'node:path';

// `files` is read at each call: Electron swaps its functions for ones that see into the archive.

/** A file of the built renderer, ready to be sent. */
export interface RendererFile {
  readonly bytes: Buffer<ArrayBuffer>;
  readonly mediaType: string;
}

/** What a build of the renderer may hold. A file of any other kind is not served. */
const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
};

/** One segment of a request path: no dot-dot, no separator of any system, no drive, no stream, no NUL. */
const SEGMENT = /^(?!\.)[A-Za-z0-9._-]{1,200}$/;

/**
 * The file of `folder` for the path of a URL (`/assets/index-1a2b.js`); `/` is index.html, pages of the router are behind
 * the hash. Null when there is no such file. Nothing outside `folder` can be named: every segment
 * is checked after decoding, and links are resolved before the file is read.
 */
export const readRendererFile = async (folder: string, urlPath: string): Promise<RendererFile | null> => {
  const segments = decodeSegments(urlPath);
  if (segments === null) return null;
  const names = segments.length === 0 ? ['index.html'] : segments;
  const mediaType = MEDIA_TYPES[extname(names.at(-1) ?? '')];
  if (mediaType === undefined) return null;
  try {
    const root = await files.realpath(folder);
    const path = await files.realpath(join(root, ...names));
    if (!path.startsWith(root + sep)) return null;
    return { bytes: await files.readFile(path), mediaType };
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
};

const decodeSegments = (urlPath: string): readonly string[] | null => {
  let decoded: string;
  try {
    decoded = decodeURIComponent(urlPath);
  } catch {
    return null; // not percent-encoding: no file has such a name
  }
  const segments = decoded.split('/').filter(segment => segment !== '');
  return segments.every(segment => SEGMENT.test(segment)) ? segments : null;
};

const isMissing = (error: unknown): boolean =>
  error instanceof Error &&
  'code' in error &&
  (error.code === 'ENOENT' || error.code === 'ENOTDIR' || error.code === 'EISDIR');
