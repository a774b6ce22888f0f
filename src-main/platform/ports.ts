/** What the engine needs of the outside world. Injected, so that the same input and version give the same output. */

/** The wall clock: milliseconds since 1970-01-01T00:00:00Z. */
export interface Clock {
  now(): number;
  /** Milliseconds of a clock that never goes back; for durations only. */
  monotonic(): number;
}

/** Makes identifiers (lower-case UUID text). */
export interface IdSource {
  next(): string;
  /** A workspace with so many log entries was opened: counted ids (repeatable runs) must meet none that it holds. */
  continueAfter(entries: number): void;
}

/** Shows a web address in the person's own browser. */
export interface Browser {
  /** Settles once the browser was asked; rejects when there is none to ask. */
  open(url: URL): Promise<void>;
}

/** Ports of one engine. */
export interface Ports {
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly browser: Browser;
}
