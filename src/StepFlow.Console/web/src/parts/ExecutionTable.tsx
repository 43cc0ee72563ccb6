import type { ExecutionItem } from '../api/shapes';
import { duration, instant } from '../model/format';
import { linkTo } from '../routing';
import { Badge } from './Badge';

/** Executions, each with a link to its page. */
export function ExecutionTable({ executions, none }: { executions: ExecutionItem[]; none: string }) {
  if (executions.length === 0) {
    return <p className="empty">{none}</p>;
  }
  const hasItems = executions.some(execution => execution.itemIndex !== undefined);
  return (
    <div className="scroll">
      <table>
        <thead>
          <tr>
            {hasItems && <th scope="col">Item</th>}
            <th scope="col">Name</th>
            <th scope="col">Status</th>
            <th scope="col">Started</th>
            <th scope="col">Duration</th>
          </tr>
        </thead>
        <tbody>
          {executions.map(execution => (
            <tr key={execution.executionArn} data-testid={`execution-${execution.name}`}>
              {hasItems && <td>{execution.itemIndex ?? '–'}</td>}
              <td>
                <a {...linkTo('executions', execution.executionArn)}>{execution.name}</a>
              </td>
              <td>
                <Badge status={execution.status} />
              </td>
              <td>{instant(execution.startDate)}</td>
              <td>{execution.stopDate ? duration(Date.parse(execution.stopDate) - Date.parse(execution.startDate)) : '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
