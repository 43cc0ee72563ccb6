import { useMemo } from 'react';
import { nodeIndex } from '../model/graph';
import { duration, instant } from '../model/format';
import { assignedText } from '../model/history';
import { mapOf } from '../model/iterations';
import { dedented, sourceOf, type Fields, type Json } from '../model/json';
import { stateAt } from '../model/machine';
import type { Step } from '../model/steps';
import { Badge } from './Badge';
import { EventList } from './EventList';
import { IterationPicker } from './IterationPicker';
import { JsonText } from './JsonText';
import { Tabs } from './Tabs';

interface Props {
  definition: Json;
  name: string | undefined;
  /** The visit that is looked at; undefined where the state was never entered. */
  step: Step | undefined;
  steps: Step[];
  start: string;
  tab: string;
  selectTab: (tab: string) => void;
  choose: (id: number) => void;
  showMapRun: (arn: string) => void;
}

/** Everything about the state that is looked at. */
export function StepPanel({ definition, name, step, steps, start, tab, selectTab, choose, showMapRun }: Props) {
  const byId = useMemo(() => new Map(steps.map(one => [one.id, one])), [steps]);
  const nodes = useMemo(() => nodeIndex(definition), [definition]);
  if (name === undefined) {
    return <p className="panel empty">Choose a state to see its input and output.</p>;
  }
  const state = stateAt(definition, nodes.get(name) ?? '');
  const inMap = step && mapOf(step, byId);
  return (
    <section className="panel" aria-label={`State ${name}`} data-testid="panel">
      <div className="title">
        <h2>{name}</h2>
        {step ? <Badge status={step.status} testId="step-status" /> : <span className="small">Not entered</span>}
      </div>
      {step?.error !== undefined && (
        <div className="banner tone-failed" data-testid="step-error">
          <strong>{step.error}</strong>
          <p>{step.cause}</p>
        </div>
      )}
      {inMap && <IterationPicker map={inMap.map} index={inMap.index} steps={steps} name={name} choose={choose} />}
      {step?.mapRunArn && (
        <button type="button" onClick={() => showMapRun(step.mapRunArn!)} data-testid="map-run">
          Show the Map Run
        </button>
      )}
      <Tabs
        label={`State ${name}`}
        selected={tab}
        select={selectTab}
        tabs={[
          { id: 'input', label: 'Input', content: () => <JsonText text={step?.input} label="input" none="This state was not entered." /> },
          { id: 'output', label: 'Output', content: () => <JsonText text={step?.output} label="output" none="There is no output." /> },
          { id: 'details', label: 'Details', content: () => <Details step={step} state={state} /> },
          { id: 'state', label: 'Definition', content: () => <JsonText text={state && dedented(sourceOf(state))} label="definition" /> },
          { id: 'step-events', label: 'Events', content: () => <EventList events={step?.events ?? []} start={start} /> },
        ]}
      />
    </section>
  );
}

function Details({ step, state }: { step: Step | undefined; state: Fields | undefined }) {
  const resource = state?.Resource;
  return (
    <>
      <dl className="facts">
        <div className="wide">
          <dt>Resource</dt>
          <dd>{typeof resource === 'string' ? <code>{resource}</code> : '–'}</dd>
        </div>
        <div>
          <dt>Entered</dt>
          <dd>{step ? instant(step.start) : '–'}</dd>
        </div>
        <div>
          <dt>Left</dt>
          <dd>{step?.end ? instant(step.end) : '–'}</dd>
        </div>
        <div>
          <dt>Duration</dt>
          <dd>{step?.end ? duration(Date.parse(step.end) - Date.parse(step.start)) : '–'}</dd>
        </div>
      </dl>
      {step?.assigned && <JsonText text={assignedText(step.assigned)} label="variables" />}
      {step && step.attempts.length > 0 && <Attempts step={step} />}
    </>
  );
}

function Attempts({ step }: { step: Step }) {
  return (
    <div className="scroll" tabIndex={0} role="region" aria-label="Attempts">
      <table data-testid="attempts">
        <thead>
          <tr>
            <th scope="col">Attempt</th>
            <th scope="col">Status</th>
            <th scope="col">Duration</th>
            <th scope="col">Error</th>
          </tr>
        </thead>
        <tbody>
          {step.attempts.map((attempt, index) => (
            <tr key={index}>
              <td>{index + 1}</td>
              <td>
                <Badge status={attempt.status} />
              </td>
              <td>{attempt.end ? duration(Date.parse(attempt.end) - Date.parse(attempt.start)) : '–'}</td>
              <td>
                {attempt.error} {attempt.cause && <span className="small">{attempt.cause}</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
