import { describe, expect, it } from 'vitest';
import type { HistoryEvent } from '../model/history';
import type { call, Request } from './client';
import { HistoryReader } from './HistoryReader';

/** A service with a history of a length, which counts the events that it sends. */
class Service {
  readonly requests: Request[] = [];
  sent = 0;

  constructor(public length: number) {}

  readonly call = ((_operation: string, request: Request) => {
    this.requests.push(request);
    const size = request.maxResults as number;
    const after = request.nextToken === undefined ? undefined : Number(request.nextToken);
    const ids = Array.from({ length: this.length }, (_, index) => index + 1);
    const left = request.reverseOrder ? ids.reverse().filter(id => after === undefined || id < after) : ids.filter(id => after === undefined || id > after);
    const events = left.slice(0, size).map<HistoryEvent>(id => ({ id, previousEventId: id - 1, timestamp: '', type: 'T' }));
    this.sent += events.length;
    return Promise.resolve({ events, ...(left.length > size && { nextToken: String(events.at(-1)!.id) }) });
  }) as typeof call;
}

const signal = new AbortController().signal;
const idsTo = (last: number): number[] => Array.from({ length: last }, (_, index) => index + 1);

describe('HistoryReader', () => {
  it.each([0, 1, 999, 1000, 1001, 2500])('reads all of %d events', async length => {
    const service = new Service(length);
    const events = await new HistoryReader('arn', service.call).read(signal);
    expect(events.map(event => event.id)).toEqual(idsTo(length));
  });

  it.each([1, 2, 3, 998, 1000, 1001, 2600])('reads only the %d events that were added', async added => {
    const service = new Service(1500);
    const reader = new HistoryReader('arn', service.call);
    await reader.read(signal);
    service.length += added;
    service.sent = 0;
    const events = await reader.read(signal);
    expect(events.map(event => event.id)).toEqual(idsTo(1500 + added));
    expect(service.sent).toBe(added);
  });

  it('reads one event where none was added, and keeps the array', async () => {
    const service = new Service(1500);
    const reader = new HistoryReader('arn', service.call);
    const before = await reader.read(signal);
    service.sent = 0;
    expect(await reader.read(signal)).toBe(before);
    expect(service.sent).toBe(1);
  });

  it('reads on from an empty history', async () => {
    const service = new Service(0);
    const reader = new HistoryReader('arn', service.call);
    await reader.read(signal);
    service.length = 3;
    expect((await reader.read(signal)).map(event => event.id)).toEqual([1, 2, 3]);
  });

  it('goes on where it was interrupted', async () => {
    const service = new Service(2500);
    let failing = true;
    const reader = new HistoryReader('arn', ((...args: Parameters<typeof call>) => {
      if (failing && args[1]?.nextToken === '1000') {
        failing = false;
        return Promise.reject(new Error('gone'));
      }
      return service.call(...args);
    }));
    await expect(reader.read(signal)).rejects.toThrow('gone');
    expect((await reader.read(signal)).map(event => event.id)).toEqual(idsTo(2500));
    expect(service.sent).toBe(2500);
  });
});
