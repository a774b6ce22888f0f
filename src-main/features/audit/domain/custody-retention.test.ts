import { describe, expect, it } from 'vitest';
import type { RetentionEvent } from './custody-retention.ts';
import { retentionAfter } from './custody-retention.ts';

const event = (kind: RetentionEvent['kind'], at: string): RetentionEvent => ({ kind, at, actor: 'Ada', reason: 'r' });

describe('retention', () => {
  it('runs seven years from the closing, and anew after a reopening', () => {
    expect(retentionAfter([])).toEqual({ closedAt: null, retainUntil: null, hold: null });
    const closed = event('closed', '2024-02-29T12:00:00.000Z');
    // 2031 has no 29 February: the day after it, never the day before.
    expect(retentionAfter([closed]).retainUntil).toBe('2031-03-01T12:00:00.000Z');
    expect(retentionAfter([closed, event('reopened', '2024-03-01T00:00:00.000Z')]).retainUntil).toBeNull();
    const again = event('closed', '2025-06-30T23:59:59.999Z');
    expect(retentionAfter([closed, event('reopened', '2024-03-01T00:00:00.000Z'), again]).retainUntil).toBe(
      '2032-06-30T23:59:59.999Z',
    );
  });

  it('keeps a hold through closing and reopening until it is released', () => {
    const held = [event('hold-placed', '2024-01-01T00:00:00.000Z'), event('closed', '2024-02-01T00:00:00.000Z')];
    expect(retentionAfter([...held, event('reopened', '2024-03-01T00:00:00.000Z')]).hold).toEqual({
      since: '2024-01-01T00:00:00.000Z',
      actor: 'Ada',
      reason: 'r',
    });
    expect(retentionAfter([...held, event('hold-released', '2024-03-01T00:00:00.000Z')]).hold).toBeNull();
  });
});
