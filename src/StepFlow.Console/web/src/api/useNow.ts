import { useEffect, useState } from 'react';

/** How often the time is told anew, in milliseconds. */
const step = 1000;

/** The time in milliseconds; it goes on while something runs. */
export function useNow(isRunning: boolean): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (!isRunning) {
      return undefined;
    }
    const timer = setInterval(() => setNow(Date.now()), step);
    return () => clearInterval(timer);
  }, [isRunning]);
  return now;
}
