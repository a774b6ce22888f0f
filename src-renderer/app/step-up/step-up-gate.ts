/**
 * Where calls wait that the engine refused for want of a fresh proof. However many wait, one dialog asks once:
 * all go on after it, or none does.
 */
export class StepUpGate {
  private waiting: ((proved: boolean) => void)[] = [];
  private readonly listeners = new Set<() => void>();

  /** Resolves once the person gave a proof (true) or thought better of it (false). */
  request(): Promise<boolean> {
    return new Promise(resolve => {
      this.waiting.push(resolve);
      this.tell();
    });
  }

  settle(proved: boolean): void {
    const waited = this.waiting;
    this.waiting = [];
    for (const resolve of waited) resolve(proved);
    this.tell();
  }

  /** For React's external store: whether anything waits. */
  readonly isWaiting = (): boolean => this.waiting.length > 0;
  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}
