import { type CustomScheme, protocol, type Session } from 'electron';
import { readRendererFile } from '../window/renderer-file.ts';
import { SECURITY_HEADERS } from '../window/security-headers.ts';

export const SCHEME = 'nexus';
/** The one origin of the application's page. */
export const PAGE_ORIGIN = `${SCHEME}://app`;
export const PAGE_URL = `${PAGE_ORIGIN}/`;

/** Standard and secure: the page has a real origin, so that 'self', module scripts and the sender check mean something. */
const PRIVILEGED_SCHEME: CustomScheme = {
  scheme: SCHEME,
  privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
};

/** Must run before Electron is ready. */
export const registerScheme = (): void => protocol.registerSchemesAsPrivileged([PRIVILEGED_SCHEME]);

/** Serves `folder`, which may lie inside the archive, as nexus://app/ with the page's security headers. */
export const serveRenderer = (session: Session, folder: string): void => {
  session.protocol.handle(SCHEME, async request => {
    const url = new URL(request.url);
    if (url.host !== 'app' || (request.method !== 'GET' && request.method !== 'HEAD')) return plainResponse(403);
    const file = await readRendererFile(folder, url.pathname);
    if (file === null) return plainResponse(404);
    return new Response(request.method === 'HEAD' ? null : file.bytes, {
      headers: { ...SECURITY_HEADERS, 'content-type': file.mediaType },
    });
  });
};

const plainResponse = (status: number): Response =>
  new Response(null, { status, headers: { ...SECURITY_HEADERS, 'content-type': 'text/plain; charset=utf-8' } });
