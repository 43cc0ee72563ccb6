import { loadAll } from '../api/loadAll';
import type { MachineItem } from '../api/shapes';
import { useLoaded } from '../api/useLoaded';
import { instant } from '../model/format';
import { Failure } from '../parts/Failure';
import { Loading } from '../parts/Loading';
import { goTo, linkTo, setQuery, useQuery } from '../routing';
import { ProblemList } from './ProblemList';

/** All state machines. */
export function MachinesPage() {
  const { value, error, reload } = useLoaded(signal => loadAll<MachineItem>('ListStateMachines', 'stateMachines', signal), []);
  const search = useQuery().get('search') ?? '';
  const shown = value?.filter(machine => machine.name.toLowerCase().includes(search.toLowerCase()));
  return (
    <>
      <div className="title">
        <h1>State machines</h1>
        <button type="button" className="primary" onClick={() => goTo('create')}>
          Create
        </button>
      </div>
      {error && <Failure error={error} retry={reload} />}
      <ProblemList />
      {!value && !error && <Loading />}
      {value?.length === 0 && (
        <div className="empty">
          <p>There are no state machines yet.</p>
          <p className="small">Create one here, or with an AWS client: <code>aws stepfunctions create-state-machine</code>.</p>
        </div>
      )}
      {shown && value && value.length > 0 && (
        <>
          <input
            type="search"
            className="search"
            placeholder="Find by name"
            aria-label="Find by name"
            value={search}
            onChange={event => setQuery({ search: event.target.value === '' ? undefined : event.target.value }, 'replace')}
          />
          <div className="scroll">
            <table>
              <thead>
                <tr>
                  <th scope="col">Name</th>
                  <th scope="col">Type</th>
                  <th scope="col">Created</th>
                </tr>
              </thead>
              <tbody>
                {shown.map(machine => (
                  <tr key={machine.stateMachineArn} data-testid={`machine-${machine.name}`}>
                    <td>
                      <a {...linkTo('machines', machine.stateMachineArn)}>{machine.name}</a>
                    </td>
                    <td>{machine.type === 'EXPRESS' ? 'Express' : 'Standard'}</td>
                    <td>{instant(machine.creationDate)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          {shown.length === 0 && <p className="empty">No name holds “{search}”.</p>}
        </>
      )}
    </>
  );
}
