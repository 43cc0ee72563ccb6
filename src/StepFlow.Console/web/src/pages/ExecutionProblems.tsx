import { useState } from 'react';
import { asApiError, type ApiError } from '../api/ApiError';
import { call } from '../api/client';
import type { ExecutionProblem } from '../api/shapes';
import { instant, problemText } from '../model/format';
import { Failure } from '../parts/Failure';

interface Props {
  executionArn: string;
  problems: ExecutionProblem[];
  changed: () => void;
}

/** Why a running execution does not go on, and a button to try it again at once. */
export function ExecutionProblems({ executionArn, problems, changed }: Props) {
  const [error, setError] = useState<ApiError>();
  const retry = async (): Promise<void> => {
    setError(undefined);
    try {
      await call('RetryExecution', { executionArn });
      changed();
    } catch (failure) {
      setError(asApiError(failure));
    }
  };
  return (
    <div className="banner problems tone-timedout" role="status" data-testid="problems">
      <strong>It cannot continue now</strong>
      <ul>
        {problems.map(problem => (
          <li key={`${problem.kind} ${problem.stateName ?? ''} ${problem.firstFailureDate ?? ''} ${problem.nextAttemptDate ?? ''}`}>
            {problemText(problem)} {problem.reason}
            {problem.nextAttemptDate !== undefined && <span className="small"> Next attempt: {instant(problem.nextAttemptDate)}</span>}
          </li>
        ))}
      </ul>
      {error && <Failure error={error} retry={() => void retry()} />}
      <button type="button" onClick={() => void retry()} data-testid="retry">
        Try again now
      </button>
    </div>
  );
}
