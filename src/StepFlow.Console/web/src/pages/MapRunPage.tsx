import { call } from '../api/client';
import { nameOf, type MapRun } from '../api/shapes';
import { useLoaded } from '../api/useLoaded';
import { useNow } from '../api/useNow';
import { duration, instant } from '../model/format';
import { Badge } from '../parts/Badge';
import { Failure } from '../parts/Failure';
import { Loading } from '../parts/Loading';
import { Progress } from '../parts/Progress';
import { linkTo } from '../routing';
import { MapRunExecutions } from './MapRunExecutions';

/** A run of a distributed Map: how far it has come, and its executions. */
export function MapRunPage({ arn }: { arn: string }) {
  const { value: run, error, reload } = useLoaded(
    signal => call<MapRun>('DescribeMapRun', { mapRunArn: arn }, signal),
    [arn],
    loaded => loaded.status === 'RUNNING',
  );
  const now = useNow(run?.status === 'RUNNING');
  if (!run) {
    return error ? <Failure error={error} retry={reload} /> : <Loading />;
  }
  const elapsed = (run.stopDate === undefined ? now : Date.parse(run.stopDate)) - Date.parse(run.startDate);
  return (
    <>
      <p className="crumbs">
        <a {...linkTo('executions', run.executionArn)}>Execution {nameOf(run.executionArn)}</a> ›
      </p>
      <div className="title">
        <h1>Map Run</h1>
        <Badge status={run.status} testId="status" />
      </div>
      {error && <Failure error={error} retry={reload} />}
      <dl className="facts">
        <div>
          <dt>Started</dt>
          <dd>{instant(run.startDate)}</dd>
        </div>
        <div>
          <dt>Ended</dt>
          <dd>{run.stopDate ? instant(run.stopDate) : '–'}</dd>
        </div>
        <div>
          <dt>Duration</dt>
          <dd>{duration(elapsed)}</dd>
        </div>
        <div>
          <dt>Concurrency</dt>
          <dd>{run.maxConcurrency === 0 ? 'No limit' : run.maxConcurrency}</dd>
        </div>
        <div>
          <dt>Tolerated failures</dt>
          <dd>
            {run.toleratedFailureCount} or {run.toleratedFailurePercentage} %
          </dd>
        </div>
      </dl>
      <Progress label="Items" counts={run.itemCounts} elapsed={elapsed} isRunning={run.status === 'RUNNING'} />
      <Progress label="Executions" counts={run.executionCounts} elapsed={elapsed} isRunning={run.status === 'RUNNING'} />
      <MapRunExecutions run={run} />
    </>
  );
}
