import { call } from '../api/client';
import { nameOf, type ExecutionProblem } from '../api/shapes';
import { useLoaded } from '../api/useLoaded';
import { problemText } from '../model/format';
import { linkTo } from '../routing';

/** The running executions of all state machines that do not go on; nothing where there are none, or the key may not list them. */
export function ProblemList() {
  const { value } = useLoaded(async signal => (await call<{ problems: ExecutionProblem[] }>('ListExecutionProblems', {}, signal)).problems, []);
  if (!value || value.length === 0) {
    return null;
  }
  return (
    <div className="banner problems tone-timedout" role="status" data-testid="problems">
      <strong>Executions that cannot continue now</strong>
      <ul>
        {value.map(problem => (
          <li key={`${problem.executionArn ?? ''} ${problem.kind} ${problem.stateName ?? ''} ${problem.firstFailureDate ?? ''}`}>
            <a {...linkTo('executions', problem.executionArn ?? '')}>{nameOf(problem.executionArn ?? '')}</a>: {problemText(problem)} {problem.reason}
          </li>
        ))}
      </ul>
    </div>
  );
}
