import { useRef } from 'react';
import type { HistoryEvent, Json } from '../model/history';
import { call } from './client';
import type { Execution, HistoryPage } from './shapes';
import { useLoaded, type Loaded } from './useLoaded';

const pageSize = 1000;

/** An execution with its history so far. */
export interface ExecutionView {
  execution: Execution;
  definition: Json;
  events: HistoryEvent[];
}

/** What was read of a history: whole pages, and the token of the page that may still grow. */
interface Read {
  events: HistoryEvent[];
  token: string | undefined;
}

/** An execution that is followed while it runs. Only the end of its history is read again. */
export function useExecution(arn: string): Loaded<ExecutionView> {
  const read = useRef<Read>({ events: [], token: undefined });
  const definition = useRef<Json>(undefined);
  return useLoaded(
    async signal => {
      const execution = await call<Execution>('DescribeExecution', { executionArn: arn }, signal);
      definition.current ??= (await call<{ definition: Json }>('DescribeStateMachineForExecution', { executionArn: arn }, signal)).definition;
      let { events, token } = read.current;
      let last: HistoryPage;
      do {
        last = await call<HistoryPage>('GetExecutionHistory', { executionArn: arn, maxResults: pageSize, nextToken: token }, signal);
        if (last.nextToken) {
          events = [...events, ...last.events];
          token = last.nextToken;
          read.current = { events, token };
        }
      } while (last.nextToken);
      return { execution, definition: definition.current, events: [...events, ...last.events] };
    },
    [arn],
    view => view.execution.status === 'RUNNING',
  );
}
