import { useMemo } from 'react';
import { call } from './client';
import { ExecutionPages, type ExecutionScope } from './ExecutionPages';
import type { ExecutionItem } from './shapes';
import { useLoaded, type Loaded } from './useLoaded';

/** Some pages of a list of executions. */
export interface ExecutionRows {
  rows: ExecutionItem[];
  hasMore: boolean;
}

/**
 * A list of executions that is followed.
 *
 * @param scope Which executions.
 * @param pages How many pages of them.
 * @param pageSize How many a page holds.
 * @param isLive Whether the list may change.
 */
export function useExecutionPages(scope: ExecutionScope, pages: number, pageSize: number, isLive: boolean): Loaded<ExecutionRows> {
  const { stateMachineArn, mapRunArn, statusFilter } = scope;
  const list = useMemo(
    () => new ExecutionPages({ ...(stateMachineArn && { stateMachineArn }), ...(mapRunArn && { mapRunArn }), ...(statusFilter && { statusFilter }) }, pageSize, call),
    [stateMachineArn, mapRunArn, statusFilter, pageSize],
  );
  return useLoaded(signal => list.update(pages, signal), [list], () => isLive, [pages, isLive]);
}
