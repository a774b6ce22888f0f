/** Rows (or bytes) a second so far; null before a second has passed or before anything is done. */
export const ratePerSecond = (done: number, elapsedMs: number): number | null =>
  elapsedMs < 1000 || done === 0 ? null : Math.round((done * 1000) / elapsedMs);

/** Seconds left at the rate so far; null while the size or the rate is not known. */
export const secondsLeft = (done: number, total: number | null, elapsedMs: number): number | null =>
  total === null || elapsedMs < 1000 || done === 0 || done > total
    ? null
    : Math.ceil(((total - done) * elapsedMs) / done / 1000);
