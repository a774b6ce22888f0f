/** Where a worker's code lies: beside this bundle once built, in src-main/workers when run from source. */
export const workerUrl = (name: 'engine' | 'engine-process' | 'parser' | 'analysis'): URL =>
  import.meta.url.endsWith('.ts')
    ? new URL(`../workers/${name}.worker.ts`, import.meta.url)
    : // A worker thread starts from a real file: in the packaged application it lies outside the archive (ADR 0013).
      new URL(new URL(`./${name}.worker.js`, import.meta.url).href.replace('/app.asar/', '/app.asar.unpacked/'));
