/** A screen that stays open is one look: it counts again after this long. */
const VIEW_INTERVAL_MS = 10 * 60_000;

/** What a session looked at lately. */
export class ViewMemory {
  private readonly looks = new Map<string, number>();

  /** True for a first look, and for one ten minutes after the last that counted; else it is the same look. */
  isNew(what: string, nowMs: number): boolean {
    const before = this.looks.get(what);
    if (before !== undefined && nowMs - before < VIEW_INTERVAL_MS) return false;
    this.looks.set(what, nowMs);
    return true;
  }
}
