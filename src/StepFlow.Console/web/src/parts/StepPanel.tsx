import { useState } from 'react';
import { nodeIndex } from '../model/graph';
import { duration, instant } from '../model/format';
import type { Json } from '../model/history';
import type { Step } from '../model/steps';
import { Badge, signOf, wordsOf } from './Badge';
import { EventList } from './EventList';
import { JsonText } from './JsonText';
import { Tabs } from './Tabs';

interface Props {
  definition: Json;
  name: string | undefined;
  /** The visit that is looked at; undefined where the state was never entered. */
  step: Step | undefined;
  steps: Step[];
  start: string;
  choose: (id: number) => void;
  showMapRun: (arn: string) => void;
}

/** A state as the definition has it. A node's id is its path: `P/0/B` is B in the first branch of P, `M/B` is B in M's processor. */
function stateOf(definition: Json, name: string): Json | undefined {
  let machine: Json | undefined = definition;
  let state: Json | undefined;
  let branch: number | undefined;
  for (const part of (nodeIndex(definition).get(name) ?? '').split('/')) {
    const fields: { [name: string]: Json | undefined } = state && typeof state === 'object' && !Array.isArray(state) ? state : {};
    if (state !== undefined && Array.isArray(fields.Branches) && branch === undefined) {
      branch = Number(part);
      machine = fields.Branches[branch];
      continue;
    }
    if (state !== undefined && branch === undefined) {
      machine = fields.ItemProcessor ?? fields.Iterator;
    }
    branch = undefined;
    const scope: { [name: string]: Json | undefined } = machine && typeof machine === 'object' && !Array.isArray(machine) ? machine : {};
    const states: Json | undefined = scope.States;
    state = states && typeof states === 'object' && !Array.isArray(states) ? states[part] : undefined;
  }
  return state;
}

/** Everything about the state that is looked at. */
export function StepPanel({ definition, name, step, steps, start, choose, showMapRun }: Props) {
  const [tab, setTab] = useState('input');
  if (name === undefined) {
    return <p className="panel empty">Choose a state to see its input and output.</p>;
  }
  const state = stateOf(definition, name);
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
      {step?.type === 'Map' && <Iterations map={step} steps={steps} choose={choose} />}
      {step?.mapRunArn && (
        <button type="button" onClick={() => showMapRun(step.mapRunArn!)}>
          Show the Map Run
        </button>
      )}
      <Tabs
        label={`State ${name}`}
        selected={tab}
        select={setTab}
        tabs={[
          { id: 'input', label: 'Input', content: () => <JsonText value={step?.input} label="input" none="It was not entered." /> },
          { id: 'output', label: 'Output', content: () => <JsonText value={step?.output} label="output" none="It has no output." /> },
          { id: 'details', label: 'Details', content: () => <Details step={step} state={state} /> },
          { id: 'state', label: 'Definition', content: () => <JsonText value={state} label="definition" /> },
          { id: 'step-events', label: 'Events', content: () => <EventList events={step?.events ?? []} start={start} /> },
        ]}
      />
    </section>
  );
}

function Details({ step, state }: { step: Step | undefined; state: Json | undefined }) {
  const resource = state && typeof state === 'object' && !Array.isArray(state) ? state.Resource : undefined;
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
      {step?.assigned && <JsonText value={step.assigned} label="variables" />}
      {step && step.attempts.length > 0 && (
        <div className="scroll">
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
      )}
    </>
  );
}

/** The iterations of a Map, those that failed first: choosing one shows it in the graph. */
function Iterations({ map, steps, choose }: { map: Step; steps: Step[]; choose: (id: number) => void }) {
  const latest = new Map<number, Step>();
  for (const step of steps) {
    if (step.parent === map.id && step.iteration !== undefined) {
      latest.set(step.iteration, step);
    }
  }
  if (latest.size === 0) {
    return null;
  }
  const isBad = (step: Step): number => (step.status === 'failed' || step.status === 'timedOut' ? 0 : 1);
  const ordered = [...latest].sort(([a, left], [b, right]) => isBad(left) - isBad(right) || a - b);
  return (
    <label className="inline">
      Iteration
      <select value="" onChange={event => choose(Number(event.target.value))} data-testid="iteration">
        <option value="" disabled>
          Choose one of {latest.size}
        </option>
        {ordered.map(([index, step]) => (
          <option key={index} value={step.id}>
            {index} {signOf(step.status)} {wordsOf(step.status)}
          </option>
        ))}
      </select>
    </label>
  );
}
