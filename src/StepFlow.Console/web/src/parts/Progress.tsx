import type { Counts } from '../api/shapes';
import { duration } from '../model/format';
import { rateOf } from '../model/progress';

interface Props {
  label: string;
  counts: Counts;
  /** How long the Map Run has taken so far, in milliseconds. */
  elapsed: number;
  isRunning: boolean;
}

/** How many items or executions of a Map Run have come how far, at which rate, and how long the rest takes. */
export function Progress({ label, counts, elapsed, isRunning }: Props) {
  const parts = [
    ['succeeded', counts.succeeded],
    ['failed', counts.failed],
    ['timed out', counts.timedOut],
    ['aborted', counts.aborted],
    ['running', counts.running],
    ['pending', counts.pending],
  ] as const;
  const rate = rateOf(counts, elapsed);
  const told = parts.filter(([, count]) => count > 0).map(([name, count]) => `${count} ${name}`);
  if (rate) {
    told.push(`${rate.perSecond < 10 ? rate.perSecond.toFixed(1) : Math.round(rate.perSecond)} per second`);
    if (isRunning && rate.left !== undefined) {
      told.push(`about ${duration(Math.max(1000, Math.round(rate.left / 1000) * 1000))} left`);
    }
  }
  return (
    <section className="progress" aria-label={label}>
      <h2>
        {label} <span className="small">{counts.total}</span>
      </h2>
      <div className="meter" aria-hidden="true">
        {parts.map(([name, count]) => count > 0 && <span key={name} className={`fill-${name.replace(' ', '')}`} style={{ flexGrow: count }} />)}
      </div>
      <p className="small" data-testid={`progress-${label.toLowerCase()}`}>
        {told.join(' · ') || 'None'}
      </p>
    </section>
  );
}
