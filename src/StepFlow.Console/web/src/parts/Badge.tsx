const signs: { [status: string]: string } = {
  RUNNING: '◌',
  SUCCEEDED: '✓',
  FAILED: '✕',
  TIMED_OUT: '◷',
  ABORTED: '⊘',
  running: '◌',
  succeeded: '✓',
  failed: '✕',
  caught: '↷',
  timedOut: '◷',
  aborted: '⊘',
};

const words: { [status: string]: string } = {
  RUNNING: 'Running',
  SUCCEEDED: 'Succeeded',
  FAILED: 'Failed',
  TIMED_OUT: 'Timed out',
  ABORTED: 'Aborted',
  PENDING_REDRIVE: 'Pending redrive',
  running: 'In progress',
  succeeded: 'Succeeded',
  failed: 'Failed',
  caught: 'Caught error',
  timedOut: 'Timed out',
  aborted: 'Cancelled',
};

/** The name of a status's colour in the style sheet. */
export function toneOf(status: string): string {
  return { TIMED_OUT: 'timedout', timedOut: 'timedout', PENDING_REDRIVE: 'running' }[status] ?? status.toLowerCase();
}

/** The sign of a status. */
export function signOf(status: string): string {
  return signs[status] ?? '•';
}

/** A status in words. */
export function wordsOf(status: string): string {
  return words[status] ?? status;
}

/** A status, told by sign, word and colour. */
export function Badge({ status, testId }: { status: string; testId?: string }) {
  return (
    <span className={`badge tone-${toneOf(status)}`} data-testid={testId} data-status={status}>
      <span aria-hidden="true">{signOf(status)}</span> {wordsOf(status)}
    </span>
  );
}
