/** A span of time for people: `420 ms`, `1.2 s`, `3 min 4 s`, `2 h 5 min`, `3 d 4 h`. */
export function duration(ms: number): string {
  if (!Number.isFinite(ms)) {
    return '';
  }

  const whole = Math.max(0, Math.round(ms));
  if (whole < 1000) {
    return `${whole} ms`;
  }

  // Rounds first, so that 59.96 s does not show as `60.0 s`.
  const tenths = Math.round(whole / 100);
  if (tenths < 600) {
    return `${tenths % 10 === 0 ? tenths / 10 : (tenths / 10).toFixed(1)} s`;
  }

  const seconds = Math.round(whole / 1000);
  if (seconds < 3600) {
    return pair(Math.floor(seconds / 60), 'min', seconds % 60, 's');
  }

  const minutes = Math.floor(seconds / 60);
  return minutes < 1440
    ? pair(Math.floor(minutes / 60), 'h', minutes % 60, 'min')
    : pair(Math.floor(minutes / 1440), 'd', Math.floor((minutes % 1440) / 60), 'h');
}

/** An instant as local date and time with milliseconds: `2026-01-31 09:05:07.012`. */
export function instant(iso: string | undefined): string {
  const date = new Date(iso ?? '');
  if (Number.isNaN(date.getTime())) {
    return iso ?? '';
  }

  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  const time = `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
  return `${day} ${time}.${String(date.getMilliseconds()).padStart(3, '0')}`;
}

/** The zone of the times that {@link instant} shows, with its offset now: `Europe/Berlin, UTC+01:00`. */
export function zone(now = new Date()): string {
  const minutes = -now.getTimezoneOffset();
  const offset = `UTC${minutes < 0 ? '-' : '+'}${two(Math.floor(Math.abs(minutes) / 60))}:${two(Math.abs(minutes) % 60)}`;
  const name = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return minutes === 0 ? 'UTC' : `${name}, ${offset}`;
}

/** What keeps an execution from going on, in a sentence. */
export function problemText(problem: { kind: string; stateName?: string; failedAttempts: number; firstFailureDate?: string }): string {
  const state = problem.stateName ?? '';
  const subject = problem.kind === 'SUSPENDED'
    ? 'The execution is suspended'
    : problem.kind === 'MAP_RUN_REPEATED'
      ? `The Map Run of the state “${state}” is repeated`
      : `The task of the state “${state}” is repeated`;
  const attempts = problem.failedAttempts === 0 ? '' : `, ${problem.failedAttempts} ${problem.failedAttempts === 1 ? 'attempt' : 'attempts'} failed`;
  const since = problem.firstFailureDate === undefined ? '' : ` since ${instant(problem.firstFailureDate)}`;
  return `${subject}${attempts}${since}.`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}

function pair(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;
}
