/** A time span for people: `340 ms`, `4.2 s`, `3 min 05 s`. */
export const durationText = (elapsedMs: number): string => {
  if (elapsedMs < 1000) return `${Math.round(elapsedMs)} ms`;
  if (elapsedMs < 60_000) return `${(elapsedMs / 1000).toFixed(1)} s`;
  const seconds = Math.round(elapsedMs / 1000);
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
};

const UNITS = ['B', 'KB', 'MB', 'GB', 'TB'] as const;
/** A file's size in decimal units: `812 B`, `12.4 KB`, `1.3 GB`. */
export const byteText = (bytes: number): string => {
  const power = bytes < 1000 ? 0 : Math.min(Math.floor(Math.log10(bytes) / 3), UNITS.length - 1);
  return power === 0 ? `${bytes} B` : `${(bytes / 1000 ** power).toFixed(1)} ${UNITS[power]}`;
};

/** An instant (ISO text) as day and minute of this machine's zone: `2026-03-01 14:07`. */
export const instantText = (iso: string): string => {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return iso;
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} ${two(at.getHours())}:${two(at.getMinutes())}`;
};
