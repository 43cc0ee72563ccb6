import type { Machine } from '../api/shapes';
import { useExecutionPages } from '../api/useExecutionPages';
import { ExecutionTable } from '../parts/ExecutionTable';
import { Failure } from '../parts/Failure';
import { LoadMore } from '../parts/LoadMore';
import { Loading } from '../parts/Loading';
import { StatusFilter } from '../parts/StatusFilter';
import { useQuery } from '../routing';
import { usePages } from './usePages';

const pageSize = 50;
const statuses = ['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED'];

/** The executions of a state machine, newest first; the list follows what runs. */
export function ExecutionList({ machine }: { machine: Machine }) {
  return machine.type === 'EXPRESS' ? (
    <p className="empty">Executions of Express machines are not stored. See their logs.</p>
  ) : (
    <StandardExecutions arn={machine.stateMachineArn} />
  );
}

function StandardExecutions({ arn }: { arn: string }) {
  const status = useQuery().get('status') ?? undefined;
  const pages = usePages();
  const { value, error, reload } = useExecutionPages({ stateMachineArn: arn, ...(status && { statusFilter: status }) }, pages, pageSize, true);
  return (
    <>
      <StatusFilter statuses={statuses} status={status} />
      {error && <Failure error={error} retry={reload} />}
      {!value && !error && <Loading />}
      {value && <ExecutionTable executions={value.rows} none={status === undefined ? 'There are no executions yet.' : 'No execution has this status.'} />}
      {value?.hasMore && <LoadMore pages={pages} shown={value.rows.length} />}
    </>
  );
}
