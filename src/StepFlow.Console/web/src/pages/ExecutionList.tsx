import { useState } from 'react';
import { call } from '../api/client';
import type { ExecutionItem, Machine } from '../api/shapes';
import { useLoaded } from '../api/useLoaded';
import { ExecutionTable } from '../parts/ExecutionTable';
import { Failure } from '../parts/Failure';
import { Loading } from '../parts/Loading';

const pageSize = 50;
const statuses = ['', 'RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED'];

/** The executions of a state machine, newest first; the list follows what runs. */
export function ExecutionList({ machine }: { machine: Machine }) {
  const [status, setStatus] = useState('');
  const [pages, setPages] = useState(1);
  const { value, error, reload } = useLoaded(
    async signal => {
      const executions: ExecutionItem[] = [];
      let nextToken: string | undefined;
      for (let page = 0; page < pages && (page === 0 || nextToken); page++) {
        const answer = await call<{ executions: ExecutionItem[]; nextToken?: string }>(
          'ListExecutions',
          { stateMachineArn: machine.stateMachineArn, maxResults: pageSize, nextToken, ...(status === '' ? {} : { statusFilter: status }) },
          signal,
        );
        executions.push(...answer.executions);
        nextToken = answer.nextToken;
      }
      return { executions, hasMore: nextToken !== undefined };
    },
    [machine.stateMachineArn, status, pages],
    () => true,
  );
  if (machine.type === 'EXPRESS') {
    return <p className="empty">Executions of Express machines are not kept. Their logs tell of them.</p>;
  }
  return (
    <>
      <label className="inline">
        Status
        <select value={status} onChange={event => setStatus(event.target.value)} data-testid="status-filter">
          {statuses.map(one => (
            <option key={one} value={one}>
              {one === '' ? 'All' : one.charAt(0) + one.slice(1).toLowerCase().replace('_', ' ')}
            </option>
          ))}
        </select>
      </label>
      {error && <Failure error={error} retry={reload} />}
      {!value && !error && <Loading />}
      {value && <ExecutionTable executions={value.executions} none={status === '' ? 'Nothing was executed yet.' : 'No execution has this status.'} />}
      {value?.hasMore && (
        <button type="button" onClick={() => setPages(pages + 1)}>
          Load more
        </button>
      )}
    </>
  );
}
