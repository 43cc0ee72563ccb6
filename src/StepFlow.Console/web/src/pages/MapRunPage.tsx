import { call } from '../api/client';
import { nameOf, type Counts, type ExecutionItem, type MapRun } from '../api/shapes';
import { useLoaded } from '../api/useLoaded';
import { duration, instant } from '../model/format';
import { Badge } from '../parts/Badge';
import { ExecutionTable } from '../parts/ExecutionTable';
import { Failure } from '../parts/Failure';
import { Loading } from '../parts/Loading';
import { linkTo } from '../routing';

const childrenShown = 200;

/** A run of a distributed Map: how far it has come, and its executions. */
export function MapRunPage({ arn }: { arn: string }) {
  const { value, error, reload } = useLoaded(
    async signal => {
      const [run, children] = await Promise.all([
        call<MapRun>('DescribeMapRun', { mapRunArn: arn }, signal),
        call<{ executions: ExecutionItem[]; nextToken?: string }>('ListExecutions', { mapRunArn: arn, maxResults: childrenShown }, signal),
      ]);
      return { run, children };
    },
    [arn],
    loaded => loaded.run.status === 'RUNNING',
  );
  if (error && !value) {
    return <Failure error={error} retry={reload} />;
  }
  if (!value) {
    return <Loading />;
  }
  const { run, children } = value;
  return (
    <>
      <p className="crumbs">
        <a {...linkTo('executions', run.executionArn)}>Execution {nameOf(run.executionArn)}</a> ›
      </p>
      <div className="title">
        <h1>Map Run</h1>
        <Badge status={run.status} />
      </div>
      <dl className="facts">
        <div>
          <dt>Started</dt>
          <dd>{instant(run.startDate)}</dd>
        </div>
        <div>
          <dt>Duration</dt>
          <dd>{run.stopDate ? duration(Date.parse(run.stopDate) - Date.parse(run.startDate)) : '–'}</dd>
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
      <Progress label="Items" counts={run.itemCounts} />
      <Progress label="Executions" counts={run.executionCounts} />
      <h2>Executions</h2>
      <ExecutionTable executions={children.executions} none="None was started." />
      {children.nextToken && <p className="small">The newest {childrenShown} are shown.</p>}
    </>
  );
}

function Progress({ label, counts }: { label: string; counts: Counts }) {
  const parts = [
    ['succeeded', counts.succeeded],
    ['failed', counts.failed + counts.timedOut],
    ['aborted', counts.aborted],
    ['running', counts.running],
    ['pending', counts.pending],
  ] as const;
  return (
    <section className="progress" aria-label={label}>
      <h2>
        {label} <span className="small">{counts.total}</span>
      </h2>
      <div className="meter" aria-hidden="true">
        {parts.map(([name, count]) => count > 0 && <span key={name} className={`fill-${name}`} style={{ flexGrow: count }} />)}
      </div>
      <p className="small">{parts.filter(([, count]) => count > 0).map(([name, count]) => `${count} ${name}`).join(' · ') || 'None'}</p>
    </section>
  );
}
