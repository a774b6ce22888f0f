/** The types of scripts/electron-binary.mjs, which is plain JavaScript because it runs before anything is built. */
declare module '*/electron-binary.mjs' {
  export const findElectron: (root: string, environment: Readonly<Record<string, string | undefined>>) => string | null;
}
