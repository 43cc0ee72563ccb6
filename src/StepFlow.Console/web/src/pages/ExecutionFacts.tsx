import type { Execution } from '../api/shapes';
import { duration, instant } from '../model/format';
import { CopyButton } from '../parts/CopyButton';
import { linkTo } from '../routing';

/** When an execution ran, and whether it can be redriven. */
export function ExecutionFacts({ execution, end }: { execution: Execution; end: number }) {
  return (
    <dl className="facts">
      {execution.itemIndex !== undefined && (
        <div>
          <dt>Item</dt>
          <dd data-testid="item">{execution.itemIndex}</dd>
        </div>
      )}
      <div>
        <dt>Started</dt>
        <dd data-testid="started">
          {instant(execution.startDate)}
          {by(execution.startedBy)}
        </dd>
      </div>
      <div>
        <dt>Ended</dt>
        <dd data-testid="ended">
          {execution.stopDate ? instant(execution.stopDate) : '–'}
          {by(execution.stoppedBy)}
        </dd>
      </div>
      <div>
        <dt>Duration</dt>
        <dd>{duration(end - Date.parse(execution.startDate))}</dd>
      </div>
      <div>
        <dt>Redriven</dt>
        <dd data-testid="redriven">
          {execution.redriveCount === 1 ? 'Once' : execution.redriveCount ? `${execution.redriveCount} times` : 'Never'}
          {by(execution.redrivenBy)}
        </dd>
      </div>
      <div>
        <dt>Redrive</dt>
        <dd id="redrive-status" data-testid="redrive-status">
          <RedriveStatus execution={execution} />
        </dd>
      </div>
      <div className="wide">
        <dt>ARN</dt>
        <dd>
          <code>{execution.executionArn}</code> <CopyButton text={execution.executionArn} label="Copy the ARN" />
        </dd>
      </div>
    </dl>
  );
}

function by(name?: string) {
  return name === undefined ? '' : `, by ${name}`;
}

function RedriveStatus({ execution }: { execution: Execution }) {
  switch (execution.redriveStatus) {
    case 'REDRIVABLE':
      return 'Possible';
    case 'REDRIVABLE_BY_MAP_RUN':
      return (
        <>
          With its <a {...linkTo('mapruns', execution.mapRunArn ?? '')}>Map Run</a>, by redriving the execution of that
        </>
      );
    default:
      return `Not possible${execution.redriveStatusReason === undefined ? '' : `: ${execution.redriveStatusReason}`}`;
  }
}
