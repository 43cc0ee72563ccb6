import { useState } from 'react';
import { asApiError, type ApiError } from '../api/ApiError';
import { get } from '../api/client';
import type { Execution, MapRun } from '../api/shapes';
import { useExecutionPages } from '../api/useExecutionPages';
import { ExecutionTable } from '../parts/ExecutionTable';
import { Failure } from '../parts/Failure';
import { LoadMore } from '../parts/LoadMore';
import { Loading } from '../parts/Loading';
import { StatusFilter } from '../parts/StatusFilter';
import { goTo, useQuery } from '../routing';
import { usePages } from './usePages';

const pageSize = 100;
const statuses = ['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED', 'PENDING_REDRIVE'];

/** The executions of a Map Run, by status, and the one of an item by its index. */
export function MapRunExecutions({ run }: { run: MapRun }) {
  const status = useQuery().get('status') ?? undefined;
  const pages = usePages();
  const { value, error, reload } = useExecutionPages(
    { mapRunArn: run.mapRunArn, ...(status && { statusFilter: status }) }, pages, pageSize, run.status === 'RUNNING');
  return (
    <section>
      <h2>Executions</h2>
      <div className="filters">
        <StatusFilter statuses={statuses} status={status} />
        <ItemFinder run={run} />
      </div>
      {error && <Failure error={error} retry={reload} />}
      {!value && !error && <Loading />}
      {value && <ExecutionTable executions={value.rows} none={status === undefined ? 'No execution was started.' : 'No execution has this status.'} />}
      {value?.hasMore && <LoadMore pages={pages} shown={value.rows.length} />}
    </section>
  );
}

/** Goes to the execution of an item, or of a batch of items. */
function ItemFinder({ run }: { run: MapRun }) {
  const [index, setIndex] = useState('');
  const [error, setError] = useState<ApiError>();
  const last = run.executionCounts.total - 1;
  const isBatched = run.itemCounts.total > run.executionCounts.total;
  const find = async (): Promise<void> => {
    setError(undefined);
    try {
      const execution = await get<Execution>(['mapruns', run.mapRunArn, 'executions', index]);
      goTo('executions', execution.executionArn);
    } catch (failure) {
      setError(asApiError(failure));
    }
  };
  return (
    <>
      <form
        className="inline"
        onSubmit={event => {
          event.preventDefault();
          void find();
        }}
      >
        <label className="inline">
          {isBatched ? 'Batch' : 'Item'}
          <input type="number" min={0} required value={index} placeholder={last > 0 ? `0 to ${last}` : '0'} onChange={event => setIndex(event.target.value)} data-testid="item-index" />
        </label>
        <button type="submit" data-testid="find-item">
          Show
        </button>
      </form>
      {error?.status === 404 && (
        <p className="tone-failed small" role="alert" data-testid="no-item">
          No execution was started for {isBatched ? 'batch' : 'item'} {index}, or it is not kept any more.
        </p>
      )}
      {error && error.status !== 404 && <Failure error={error} retry={() => void find()} />}
    </>
  );
}
