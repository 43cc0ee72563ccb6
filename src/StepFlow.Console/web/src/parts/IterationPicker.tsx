import { useMemo, useState } from 'react';
import { iterationsOf, neighbour, stepIn, type Iteration } from '../model/iterations';
import type { Step } from '../model/steps';
import { signOf, wordsOf } from './Badge';

interface Props {
  map: Step;
  steps: Step[];
  /** The iteration that is looked at; undefined where it is the Map itself. */
  index: number | undefined;
  /** The state that is looked at. */
  name: string;
  choose: (id: number) => void;
}

/** Finds an iteration of a Map, by its index or its status, among however many. */
export function IterationPicker({ map, steps, index, name, choose }: Props) {
  const iterations = useMemo(() => iterationsOf(steps, map), [steps, map]);
  const statuses = [...new Set(iterations.map(one => one.status))];
  const [wanted, setWanted] = useState<string>('');
  const status = statuses.find(one => one === wanted);
  const matching = status === undefined ? iterations : iterations.filter(one => one.status === status);
  if (iterations.length === 0) {
    return null;
  }
  const go = (iteration: Iteration | undefined): void => {
    if (iteration) {
      choose(stepIn(iteration, name).id);
    }
  };
  return (
    <div className="iterations" role="group" aria-label={`Iterations of ${map.name}`}>
      <label>
        Iteration
        <input
          type="number"
          min={0}
          max={iterations.at(-1)?.index ?? 0}
          value={index ?? ''}
          placeholder={`of ${iterations.length}`}
          onChange={event => go(iterations.find(one => one.index === event.target.valueAsNumber))}
          data-testid="iteration"
        />
      </label>
      <label>
        Status
        <select value={status ?? ''} onChange={event => setWanted(event.target.value)} data-testid="iteration-status">
          <option value="">All ({iterations.length})</option>
          {statuses.map(one => (
            <option key={one} value={one}>
              {signOf(one)} {wordsOf(one)} ({iterations.filter(iteration => iteration.status === one).length})
            </option>
          ))}
        </select>
      </label>
      <button type="button" onClick={() => go(neighbour(matching, index, false))} data-testid="previous-iteration">
        Previous
      </button>
      <button type="button" onClick={() => go(neighbour(matching, index, true))} data-testid="next-iteration">
        Next
      </button>
      {index !== undefined && (
        <button type="button" className="quiet" onClick={() => choose(map.id)}>
          Show the Map
        </button>
      )}
    </div>
  );
}
