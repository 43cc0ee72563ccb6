import type { call } from './client';
import type { Execution, ExecutionItem, ExecutionsPage } from './shapes';

/** The most rows of one request. */
const mostRows = 1000;
/** How many running rows beyond the newest page are described in one refresh; of more, other ones each time. */
const mostDescribed = 20;
/** How many pages are read to find out where the rows that are known begin. */
const mostNewPages = 20;

/** Which executions are listed. */
export interface ExecutionScope {
  stateMachineArn?: string;
  mapRunArn?: string;
  /** Undefined for all. */
  statusFilter?: string;
}

/** A list of executions, newest first, that is read page by page and then kept up to date. */
export class ExecutionPages {
  private rows: ExecutionItem[] = [];
  private token: string | undefined;
  private pages = 0;
  private turn = 0;

  /** A list of which nothing is read yet. */
  constructor(
    private readonly scope: ExecutionScope,
    private readonly pageSize: number,
    private readonly invoke: typeof call,
  ) {}

  /** Reads more pages until there are as many as wanted; where there are, reads again what can have changed. */
  async update(wanted: number, signal: AbortSignal): Promise<{ rows: ExecutionItem[]; hasMore: boolean }> {
    if (this.pages > 0 && (this.pages >= wanted || this.token === undefined)) {
      await (this.scope.statusFilter === undefined ? this.refresh(signal) : this.reread(signal));
    }

    while (this.pages === 0 || (this.pages < wanted && this.token !== undefined)) {
      const page = await this.page(this.pageSize, this.token, signal);
      this.rows = withoutDoubles([...this.rows, ...page.executions]);
      this.token = page.nextToken;
      this.pages++;
    }

    return { rows: this.rows, hasMore: this.token !== undefined };
  }

  /** Of all executions: new ones come first, and only those that run change. */
  private async refresh(signal: AbortSignal): Promise<void> {
    const known = new Set(this.rows.map(row => row.executionArn));
    const fresh: ExecutionItem[] = [];
    let next: string | undefined;
    for (let count = 0; count < mostNewPages && (count === 0 || next !== undefined); count++) {
      const page = await this.page(this.pageSize, next, signal);
      fresh.push(...page.executions);
      next = page.nextToken;
      if (page.executions.some(row => known.has(row.executionArn))) {
        break;
      }
    }

    if (next === undefined || !fresh.some(row => known.has(row.executionArn))) {
      this.rows = withoutDoubles(fresh);
      this.token = next;
      return;
    }

    const last = this.rows.findIndex(row => row.executionArn === fresh.at(-1)!.executionArn);
    const older = withoutDoubles([...fresh, ...this.rows.slice(last + 1)]).slice(fresh.length);
    this.rows = [...fresh, ...(await this.described(older, signal))];
  }

  /** Of one status: any row may have left it or come to it. */
  private async reread(signal: AbortSignal): Promise<void> {
    const wanted = Math.max(this.pageSize, this.rows.length);
    const rows: ExecutionItem[] = [];
    let next: string | undefined;
    do {
      const page = await this.page(Math.min(mostRows, wanted - rows.length), next, signal);
      rows.push(...page.executions);
      next = page.nextToken;
    } while (next !== undefined && rows.length < wanted);
    this.rows = withoutDoubles(rows);
    this.token = next;
  }

  private async described(rows: ExecutionItem[], signal: AbortSignal): Promise<ExecutionItem[]> {
    const running = rows.filter(row => row.status === 'RUNNING' || row.status === 'PENDING_REDRIVE');
    const first = running.length === 0 ? 0 : (this.turn++ * mostDescribed) % running.length;
    const now = new Map<string, ExecutionItem>();
    for (const row of [...running.slice(first), ...running.slice(0, first)].slice(0, mostDescribed)) {
      now.set(row.executionArn, await this.invoke<Execution>('DescribeExecution', { executionArn: row.executionArn, includedData: 'METADATA_ONLY' }, signal));
    }

    return rows.map(row => now.get(row.executionArn) ?? row);
  }

  private async page(maxResults: number, nextToken: string | undefined, signal: AbortSignal): Promise<ExecutionsPage> {
    const page = await this.invoke<ExecutionsPage>('ListExecutions', { ...this.scope, maxResults, nextToken }, signal);
    // A newer update may be under way: this one changes nothing any more.
    signal.throwIfAborted();
    return page;
  }
}

/** The rows, each once, where it comes first. */
function withoutDoubles(rows: ExecutionItem[]): ExecutionItem[] {
  const seen = new Set<string>();
  return rows.filter(row => !seen.has(row.executionArn) && seen.add(row.executionArn));
}
