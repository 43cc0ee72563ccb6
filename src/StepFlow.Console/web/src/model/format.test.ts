import { describe, expect, it } from 'vitest';
import { duration, instant, zone } from './format';

describe('format', () => {
  it.each([
    [0, '0 ms'], [420, '420 ms'], [999.6, '1 s'], [1000, '1 s'], [1234, '1.2 s'], [59_940, '59.9 s'], [59_960, '1 min'], [184_000, '3 min 4 s'],
    [3_600_000, '1 h'], [7_500_000, '2 h 5 min'], [90_000_000, '1 d 1 h'], [-5, '0 ms'], [Number.NaN, ''],
  ])('duration %d', (ms, text) => expect(duration(ms)).toBe(text));

  it.each([
    [-60, 'UTC+01:00'],
    [330, 'UTC-05:30'],
    [0, 'UTC'],
  ])('zone of an offset of %i minutes', (offset, shown) => {
    const now = new Date();
    now.getTimezoneOffset = () => offset;
    expect(zone(now)).toMatch(new RegExp(`(^|, )${shown.replace('+', '\\+')}$`));
  });

  it('instant', () => {
    const local = new Date(2026, 0, 31, 9, 5, 7, 12);
    expect(instant(local.toISOString())).toBe('2026-01-31 09:05:07.012');
    expect(instant('timestamp')).toBe('timestamp');
    expect(instant(undefined)).toBe('');
  });
});
