import { describe, expect, it } from 'vitest';
import { rateOf } from './progress';

const counts = { pending: 0, running: 0, succeeded: 0, failed: 0, timedOut: 0, aborted: 0, total: 0, resultsWritten: 0 };

describe('rateOf', () => {
  it('counts what has ended, however it ended', () => {
    expect(rateOf({ ...counts, succeeded: 5, failed: 2, timedOut: 1, aborted: 2, pending: 15, running: 5 }, 5000)).toEqual({ perSecond: 2, left: 10_000 });
  });

  it('tells no time left where nothing is', () => expect(rateOf({ ...counts, succeeded: 5 }, 1000)).toEqual({ perSecond: 5, left: undefined }));
  it('knows nothing before something has ended', () => expect(rateOf({ ...counts, running: 5 }, 1000)).toBeUndefined());
});
