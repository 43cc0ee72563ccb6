import { useMemo } from 'react';
import type { ApiError } from '../api/ApiError';
import { nameOf } from '../api/shapes';
import { useExecution, type ExecutionView } from '../api/useExecution';
import { useNow } from '../api/useNow';
import { StateGraph } from '../graph/StateGraph';
import { nodeIndex } from '../model/graph';
import type { Step, StepStatus } from '../model/steps';
import { timelineOf } from '../model/timeline';
import { Badge } from '../parts/Badge';
import { Failure } from '../parts/Failure';
import { Loading } from '../parts/Loading';
import { StepPanel } from '../parts/StepPanel';
import { goTo, linkTo, setQuery, useQuery } from '../routing';
import { ExecutionActions } from './ExecutionActions';
import { ExecutionFacts } from './ExecutionFacts';
import { ExecutionProblems } from './ExecutionProblems';
import { ExecutionTabs } from './ExecutionTabs';
import { useTab } from './useTab';

/** One execution: which step failed, what went in and out of each, and what can be done about it. */
export function ExecutionPage({ arn }: { arn: string }) {
  const { value, error, reload } = useExecution(arn);
  if (error && !value) {
    return <Failure error={error} retry={reload} />;
  }
  return value ? <Shown view={value} error={error} reload={reload} /> : <Loading />;
}

/** The latest visit of each state; inside of a Map those of the iteration that is looked at. */
function latestOf(steps: Step[], byId: Map<number, Step>, chosen: Step | undefined): Map<string, Step> {
  const iterations = new Map<number, number>();
  for (let step = chosen; step; step = step.parent === undefined ? undefined : byId.get(step.parent)) {
    if (step.parent !== undefined && step.iteration !== undefined) {
      iterations.set(step.parent, step.iteration);
    }
  }
  const latest = new Map<string, Step>();
  for (const step of steps) {
    const wanted = step.parent === undefined ? undefined : iterations.get(step.parent);
    if (wanted === undefined || wanted === step.iteration) {
      latest.set(step.name, step);
    }
  }
  return latest;
}

function Shown({ view, error, reload }: { view: ExecutionView; error: ApiError | undefined; reload: () => void }) {
  const { execution, definition, events } = view;
  const timeline = useMemo(() => timelineOf(events, { status: execution.status }), [events, execution.status]);
  const byId = useMemo(() => new Map(timeline.steps.map(step => [step.id, step])), [timeline]);
  const nodes = useMemo(() => nodeIndex(definition), [definition]);
  const names = useMemo(() => new Map([...nodes].map(([name, node]) => [node, name])), [nodes]);
  const query = useQuery();
  const [panel, setPanel] = useTab('panel', 'input');
  const chosenName = query.get('state') ?? undefined;

  // Until somebody chooses, the step that failed is shown, or the latest one.
  const chosen = byId.get(Number(query.get('step'))) ?? byId.get(timeline.failedStep ?? timeline.steps.at(-1)?.id ?? 0);
  const latest = useMemo(() => latestOf(timeline.steps, byId, chosen), [timeline, byId, chosen]);
  const statuses = useMemo(() => {
    const told = new Map<string, StepStatus>();
    for (const [name, step] of latest) {
      const node = nodes.get(name);
      if (node !== undefined) {
        told.set(node, step.status);
      }
    }
    return told;
  }, [latest, nodes]);
  const name = chosenName ?? chosen?.name;
  const step = chosenName === undefined ? chosen : undefined;

  const chooseStep = (id: number): void => setQuery({ step: String(id), state: undefined });
  const chooseNode = (node: string): void => {
    const state = names.get(node);
    const visit = state === undefined ? undefined : latest.get(state);
    if (visit) {
      chooseStep(visit.id);
    } else {
      setQuery({ state, step: undefined });
    }
  };
  const followAgain = (): void => {
    setQuery({ step: undefined, state: undefined }, 'replace');
    reload();
  };
  const now = useNow(execution.stopDate === undefined);
  const end = execution.stopDate === undefined ? now : Date.parse(execution.stopDate);

  return (
    <>
      <p className="crumbs">
        <a {...linkTo()}>State machines</a> ›{' '}
        {execution.mapRunArn ? (
          <a {...linkTo('mapruns', execution.mapRunArn)}>Map Run</a>
        ) : (
          <a {...linkTo('machines', execution.stateMachineArn)}>{nameOf(execution.stateMachineArn)}</a>
        )}{' '}
        ›
      </p>
      <div className="title">
        <h1>{execution.name}</h1>
        <Badge status={execution.status} testId="status" />
        <span className="space" />
        <ExecutionActions execution={execution} changed={followAgain} />
      </div>
      {error && <Failure error={error} retry={reload} />}
      {(execution.error !== undefined || execution.cause !== undefined) && (
        <div className="banner tone-failed" role="alert" data-testid="error">
          <strong>{execution.error ?? 'Error'}</strong>
          <p>{execution.cause}</p>
          {timeline.failedStep !== undefined && (
            <button type="button" onClick={() => chooseStep(timeline.failedStep!)} data-testid="failed-step">
              Show the step that failed: {byId.get(timeline.failedStep)?.name}
            </button>
          )}
        </div>
      )}
      {execution.problems && <ExecutionProblems executionArn={execution.executionArn} problems={execution.problems} changed={reload} />}
      <ExecutionFacts execution={execution} end={end} />
      <div className="split">
        <StateGraph definition={definition} statuses={statuses} selected={name === undefined ? undefined : nodes.get(name)} select={chooseNode} />
        <StepPanel
          definition={definition}
          name={name}
          step={step}
          steps={timeline.steps}
          start={execution.startDate}
          tab={panel}
          selectTab={setPanel}
          choose={chooseStep}
          showMapRun={mapRunArn => goTo('mapruns', mapRunArn)}
        />
      </div>
      <ExecutionTabs view={view} steps={timeline.steps} end={end} chosen={step?.id} choose={chooseStep} />
    </>
  );
}
