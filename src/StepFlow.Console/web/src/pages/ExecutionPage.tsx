import { useMemo, useState } from 'react';
import { call, type ApiError } from '../api/client';
import { nameOf } from '../api/shapes';
import { useExecution, type ExecutionView } from '../api/useExecution';
import { StateGraph } from '../graph/StateGraph';
import { duration, instant, jsonText } from '../model/format';
import { nodeIndex } from '../model/graph';
import type { Step, StepStatus } from '../model/steps';
import { timelineOf } from '../model/timeline';
import { Badge } from '../parts/Badge';
import { CopyButton } from '../parts/CopyButton';
import { EventList } from '../parts/EventList';
import { Failure } from '../parts/Failure';
import { JsonText } from '../parts/JsonText';
import { Loading } from '../parts/Loading';
import { StartDialog } from '../parts/StartDialog';
import { StepPanel } from '../parts/StepPanel';
import { StepTable } from '../parts/StepTable';
import { Tabs } from '../parts/Tabs';
import { goTo, linkTo } from '../routing';

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
  const timeline = useMemo(() => timelineOf(events, execution), [events, execution.status]);
  const byId = useMemo(() => new Map(timeline.steps.map(step => [step.id, step])), [timeline]);
  const nodes = useMemo(() => nodeIndex(definition), [definition]);
  const names = useMemo(() => new Map([...nodes].map(([name, node]) => [node, name])), [nodes]);
  const [chosenId, setChosenId] = useState<number>();
  const [chosenName, setChosenName] = useState<string>();
  const [tab, setTab] = useState('steps');
  const [starting, setStarting] = useState(false);
  const [refusal, setRefusal] = useState<ApiError>();

  // Until somebody chooses, the step that failed is shown, or the latest one.
  const chosen = byId.get(chosenId ?? timeline.failedStep ?? timeline.steps.at(-1)?.id ?? 0);
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
  const isRunning = execution.status === 'RUNNING';

  const chooseStep = (id: number): void => {
    setChosenId(id);
    setChosenName(undefined);
  };
  const chooseNode = (node: string): void => {
    const state = names.get(node);
    const visit = state === undefined ? undefined : latest.get(state);
    if (visit) {
      chooseStep(visit.id);
    } else {
      setChosenName(state);
    }
  };
  const act = async (operation: string): Promise<void> => {
    try {
      await call(operation, { executionArn: execution.executionArn });
      setRefusal(undefined);
      setChosenId(undefined);
      setChosenName(undefined);
    } catch (failure) {
      setRefusal(failure as ApiError);
    }
    reload();
  };
  const end = execution.stopDate ? Date.parse(execution.stopDate) : Date.now();

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
        {isRunning && (
          <button type="button" onClick={() => void act('StopExecution')} data-testid="stop">
            Stop
          </button>
        )}
        {!isRunning && execution.status !== 'SUCCEEDED' && (
          <button type="button" className="primary" onClick={() => void act('RedriveExecution')} data-testid="redrive">
            Redrive
          </button>
        )}
        {!execution.mapRunArn && (
          <button type="button" onClick={() => setStarting(true)} data-testid="again">
            New execution
          </button>
        )}
      </div>
      {error && <Failure error={error} />}
      {refusal && <Failure error={refusal} />}
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
      <dl className="facts">
        <div>
          <dt>Started</dt>
          <dd>{instant(execution.startDate)}</dd>
        </div>
        <div>
          <dt>Ended</dt>
          <dd>{execution.stopDate ? instant(execution.stopDate) : '–'}</dd>
        </div>
        <div>
          <dt>Duration</dt>
          <dd>{duration(end - Date.parse(execution.startDate))}</dd>
        </div>
        <div>
          <dt>Redriven</dt>
          <dd>{execution.redriveCount === 1 ? 'Once' : execution.redriveCount ? `${execution.redriveCount} times` : 'Never'}</dd>
        </div>
        <div className="wide">
          <dt>ARN</dt>
          <dd>
            <code>{execution.executionArn}</code> <CopyButton text={execution.executionArn} label="Copy the ARN" />
          </dd>
        </div>
      </dl>
      <div className="split">
        <StateGraph definition={definition} statuses={statuses} selected={name === undefined ? undefined : nodes.get(name)} select={chooseNode} />
        <StepPanel
          definition={definition}
          name={name}
          step={step}
          steps={timeline.steps}
          start={execution.startDate}
          choose={chooseStep}
          showMapRun={mapRunArn => goTo('mapruns', mapRunArn)}
        />
      </div>
      <Tabs
        label="Execution"
        selected={tab}
        select={setTab}
        tabs={[
          {
            id: 'steps',
            label: `Steps (${timeline.steps.length})`,
            content: () => <StepTable steps={timeline.steps} start={Date.parse(execution.startDate)} end={end} chosen={step?.id} choose={chooseStep} />,
          },
          { id: 'events', label: `Events (${events.length})`, content: () => <EventList events={events} start={execution.startDate} /> },
          {
            id: 'data',
            label: 'Input and output',
            content: () => (
              <div className="split even">
                <section>
                  <h2>Input</h2>
                  <JsonText value={execution.input} label="input" />
                </section>
                <section>
                  <h2>Output</h2>
                  <JsonText value={execution.output} label="output" />
                </section>
              </div>
            ),
          },
        ]}
      />
      {starting && (
        <StartDialog
          machineArn={execution.stateMachineArn}
          type="STANDARD"
          input={jsonText(execution.input)}
          close={() => setStarting(false)}
        />
      )}
    </>
  );
}
