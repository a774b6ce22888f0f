import { readFileSync } from 'node:fs';

const FOLDER = new URL('../../resources/verifier/', import.meta.url);

/** What goes out beside every export: the stand-alone verifier, and what its reader needs to know. */
export const verifierFiles = (): {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}[] => [
  { name: 'nexus_verify.py', mediaType: 'text/x-python', bytes: readFileSync(new URL('nexus_verify.py', FOLDER)) },
  { name: 'README.txt', mediaType: 'text/plain', bytes: readFileSync(new URL('README.txt', FOLDER)) },
];
