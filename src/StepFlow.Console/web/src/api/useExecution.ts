import { useMemo, useRef } from 'react';
import type { HistoryEvent } from '../model/history';
import { parseJson, type Json } from '../model/json';
import { call } from './client';
import { HistoryReader } from './HistoryReader';
import type { Execution } from './shapes';
import { useLoaded, type Loaded } from './useLoaded';

/** An execution with its history so far. */
export interface ExecutionView {
  execution: Execution;
  definition: Json;
  events: HistoryEvent[];
}

/** An execution that is followed while it runs. Only what its history has grown by is read again. */
export function useExecution(arn: string): Loaded<ExecutionView> {
  const reader = useMemo(() => new HistoryReader(arn, call), [arn]);
  const definition = useRef<Json>(undefined);
  return useLoaded(
    async signal => {
      const execution = await call<Execution>('DescribeExecution', { executionArn: arn }, signal);
      if (definition.current === undefined) {
        const machine = await call<{ definition: string }>('DescribeStateMachineForExecution', { executionArn: arn }, signal);
        definition.current = parseJson(machine.definition) ?? null;
      }
      return { execution, definition: definition.current, events: await reader.read(signal) };
    },
    [arn],
    mayChange,
  );
}

/** Whether an execution runs, or may be redriven by its Map Run, or its last events are still to come. */
function mayChange({ execution, events }: ExecutionView): boolean {
  const last = events.at(-1)?.type;
  return execution.status === 'RUNNING' || execution.status === 'PENDING_REDRIVE'
    || (last !== undefined && !/^Execution(Succeeded|Failed|Aborted|TimedOut)$/.test(last));
}
