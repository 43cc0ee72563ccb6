import type { HistoryEvent } from '../model/history';
import type { call } from './client';
import type { HistoryPage } from './shapes';

const pageSize = 1000;

/** Reads the history of an execution, and later only what it has grown by. */
export class HistoryReader {
  private events: HistoryEvent[] = [];
  private token: string | undefined;
  private isRead = false;

  /** A reader of one execution's history. */
  constructor(
    private readonly executionArn: string,
    private readonly invoke: typeof call,
  ) {}

  /** The events so far, in order; the same array where nothing was added. */
  async read(signal: AbortSignal): Promise<HistoryEvent[]> {
    if (!this.isRead) {
      await this.readAll(signal);
      return this.events;
    }

    // Events are only ever added: the newest one tells how many are missing, and those are read backwards.
    const last = this.events.at(-1)?.id ?? 0;
    let page = await this.page({ reverseOrder: true, maxResults: 1 }, signal);
    const added = page.events.filter(event => event.id > last);
    while (page.nextToken && (added.at(-1)?.id ?? last) > last + 1) {
      const missing = added.at(-1)!.id - last - 1;
      page = await this.page({ reverseOrder: true, maxResults: Math.min(pageSize, missing), nextToken: page.nextToken }, signal);
      added.push(...page.events.filter(event => event.id > last));
    }

    if (added.length > 0) {
      this.events = [...this.events, ...added.reverse()];
    }

    return this.events;
  }

  private async readAll(signal: AbortSignal): Promise<void> {
    do {
      const page = await this.page({ maxResults: pageSize, nextToken: this.token }, signal);
      this.events = [...this.events, ...page.events];
      this.token = page.nextToken;
    } while (this.token);
    this.isRead = true;
  }

  private async page(request: { maxResults: number; reverseOrder?: boolean; nextToken?: string | undefined }, signal: AbortSignal): Promise<HistoryPage> {
    const page = await this.invoke<HistoryPage>('GetExecutionHistory', { executionArn: this.executionArn, ...request }, signal);
    // A newer reading may be under way: this one changes nothing any more.
    signal.throwIfAborted();
    return page;
  }
}
