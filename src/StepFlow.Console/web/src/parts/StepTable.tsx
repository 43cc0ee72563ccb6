import { duration } from '../model/format';
import type { Step } from '../model/steps';
import { Badge, toneOf } from './Badge';
import { useWindow } from './useWindow';

const rowHeight = 36;
const viewHeight = 480;

interface Props {
  steps: Step[];
  /** In milliseconds. */
  start: number;
  end: number;
  chosen: number | undefined;
  choose: (id: number) => void;
}

/** How deep each step is inside of others. */
function depthsOf(steps: Step[]): Map<number, number> {
  const depths = new Map<number, number>();
  for (const step of steps) {
    depths.set(step.id, step.parent === undefined ? 0 : (depths.get(step.parent) ?? 0) + 1);
  }
  return depths;
}

/** The steps in the order they were entered, with the time each took as a bar. */
export function StepTable({ steps, start, end, chosen, choose }: Props) {
  const shown = useWindow(steps.length, rowHeight, viewHeight);
  if (steps.length === 0) {
    return <p className="empty">No state was entered yet.</p>;
  }
  const depths = depthsOf(steps);
  const whole = Math.max(1, end - start);
  return (
    <div className="events" onScroll={shown.onScroll} style={{ maxHeight: viewHeight }} tabIndex={0} aria-label="Steps">
      <table className="steps">
        <thead>
          <tr>
            <th scope="col">Step</th>
            <th scope="col">Type</th>
            <th scope="col">Status</th>
            <th scope="col">Duration</th>
            <th scope="col" className="timeline">
              Timeline
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.above > 0 && <tr aria-hidden="true" style={{ height: shown.above }} />}
          {steps.slice(shown.first, shown.last).map(step => {
            const from = Date.parse(step.start) - start;
            const took = (step.end ? Date.parse(step.end) : end) - Date.parse(step.start);
            return (
              <tr key={step.id} style={{ height: rowHeight }} className={step.id === chosen ? 'selected' : ''} data-testid={`step-${step.name}`}>
                <td style={{ paddingLeft: 12 + 16 * (depths.get(step.id) ?? 0) }}>
                  <button type="button" className="link" aria-pressed={step.id === chosen} onClick={() => choose(step.id)}>
                    {step.name}
                  </button>
                  {step.iteration !== undefined && <span className="small"> #{step.iteration}</span>}
                </td>
                <td>{step.type}</td>
                <td>
                  <Badge status={step.status} />
                </td>
                <td>{duration(took)}</td>
                <td className="timeline" aria-hidden="true">
                  <span
                    className={`bar tone-${toneOf(step.status)}`}
                    style={{ marginLeft: `${(100 * from) / whole}%`, width: `max(3px, ${(100 * took) / whole}%)` }}
                  />
                </td>
              </tr>
            );
          })}
          {shown.below > 0 && <tr aria-hidden="true" style={{ height: shown.below }} />}
        </tbody>
      </table>
    </div>
  );
}
