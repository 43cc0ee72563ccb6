import { describe, expect, it } from 'vitest';
import type { call, Request } from './client';
import { ExecutionPages, type ExecutionScope } from './ExecutionPages';
import type { ExecutionItem, ExecutionStatus } from './shapes';

/** A service with executions, newest first. */
class Service {
  rows: ExecutionItem[] = [];
  readonly requests: [operation: string, request: Request][] = [];

  readonly call = ((operation: string, request: Request) => {
    this.requests.push([operation, request]);
    if (operation === 'DescribeExecution') {
      return Promise.resolve(this.rows.find(row => row.executionArn === request.executionArn));
    }
    const size = request.maxResults as number;
    const all = this.rows.filter(row => request.statusFilter === undefined || row.status === request.statusFilter);
    const from = request.nextToken === undefined ? 0 : all.findIndex(row => row.executionArn === request.nextToken) + 1;
    const executions = all.slice(from, from + size);
    return Promise.resolve({ executions, ...(from + size < all.length && { nextToken: executions.at(-1)!.executionArn }) });
  }) as typeof call;

  add(count: number, status: ExecutionStatus = 'SUCCEEDED'): void {
    for (let at = 0; at < count; at++) {
      const name = `e${this.rows.length}`;
      this.rows = [{ executionArn: name, name, status, startDate: '' }, ...this.rows];
    }
  }

  end(name: string, status: ExecutionStatus): void {
    this.rows = this.rows.map(row => (row.name === name ? { ...row, status } : row));
  }
}

const signal = new AbortController().signal;

function start(count: number, scope: ExecutionScope = {}): { service: Service; update: (pages: number) => Promise<string[]>; pages: ExecutionPages } {
  const service = new Service();
  service.add(count);
  const pages = new ExecutionPages(scope, 10, service.call);
  return { service, pages, update: async wanted => (await pages.update(wanted, signal)).rows.map(row => `${row.name} ${row.status}`) };
}

const shown = (service: Service, count: number): string[] => service.rows.slice(0, count).map(row => `${row.name} ${row.status}`);

describe('ExecutionPages', () => {
  it('reads as many pages as are wanted, each once', async () => {
    const { service, update, pages } = start(35);
    expect(await update(1)).toEqual(shown(service, 10));
    expect(await update(3)).toEqual(shown(service, 30));
    expect(service.requests.length).toBe(3);
    expect((await pages.update(4, signal)).hasMore).toBe(false);
    expect(await update(4)).toEqual(shown(service, 35));
  });

  it('reads only the newest page again where nothing runs', async () => {
    const { service, update } = start(35);
    await update(3);
    service.requests.length = 0;
    service.add(4);
    expect(await update(3)).toEqual(shown(service, 34));
    expect(service.requests.map(([operation]) => operation)).toEqual(['ListExecutions']);
  });

  it('describes what runs beyond the newest page', async () => {
    const { service, update } = start(0);
    service.add(1, 'RUNNING');
    service.add(24);
    await update(3);
    service.end('e0', 'FAILED');
    service.requests.length = 0;
    expect(await update(3)).toEqual(shown(service, 25));
    expect(service.requests.map(([operation]) => operation)).toEqual(['ListExecutions', 'DescribeExecution']);
  });

  it('comes to every running row in turn', async () => {
    const { service, update } = start(0);
    service.add(50, 'RUNNING');
    service.add(10);
    await update(6);
    for (let at = 0; at < 50; at++) {
      service.end(`e${at}`, 'SUCCEEDED');
    }
    await update(6);
    await update(6);
    await update(6);
    expect(await update(6)).toEqual(shown(service, 60));
  });

  it('fills the gap where more than a page was added', async () => {
    const { service, update } = start(20);
    await update(2);
    service.add(37);
    const rows = await update(2);
    expect(rows).toEqual(shown(service, 57));
  });

  it('begins anew where very much was added, and reads on from there', async () => {
    const { service, update } = start(20);
    await update(2);
    service.add(500);
    expect(await update(2)).toEqual(shown(service, 200));
    expect((await update(3)).length).toBe(210);
  });

  it('reads on after rows were added', async () => {
    const { service, update } = start(35);
    await update(2);
    service.add(3);
    await update(2);
    expect(await update(3)).toEqual(shown(service, 33));
  });

  it('notices that all were deleted', async () => {
    const { service, update } = start(35);
    await update(2);
    service.rows = [];
    expect(await update(2)).toEqual([]);
  });

  it('with a status, finds rows that come to it and drops those that leave it, wherever they stand', async () => {
    const { service, update } = start(40, { statusFilter: 'SUCCEEDED' });
    await update(3);
    service.end('e25', 'FAILED');
    const rows = await update(3);
    expect(rows).not.toContain('e25 SUCCEEDED');
    expect(rows.length).toBe(30);
    service.end('e25', 'SUCCEEDED');
    expect(await update(3)).toEqual(shown(service, 30));
  });
});
