interface ClockEvent {
  readonly seq: number;
  readonly act: string;
}

/**
 * Tells of an entry's number whether its time was not believed when it was written: from a clock anomaly, that
 * entry included, until the clock was found to be consistent again. Takes the entries of class `clock`.
 */
export const unverifiedTimes = (events: readonly ClockEvent[]): ((seq: number) => boolean) => {
  const ordered = [...events].sort((a, b) => b.seq - a.seq);
  return seq => ordered.find(event => event.seq <= seq)?.act === 'clock.anomaly';
};
