import { call } from '../api/client';
import { nameOf } from '../api/shapes';
import { useLoaded } from '../api/useLoaded';
import { instant } from '../model/format';
import { Failure } from '../parts/Failure';
import { Loading } from '../parts/Loading';

interface Version {
  stateMachineVersionArn: string;
  creationDate: string;
}

interface Alias {
  stateMachineAliasArn: string;
  creationDate: string;
}

/** The versions and aliases of a state machine. */
export function VersionsTab({ arn }: { arn: string }) {
  const { value, error, reload } = useLoaded(
    async signal => {
      const [versions, aliases] = await Promise.all([
        call<{ stateMachineVersions: Version[] }>('ListStateMachineVersions', { stateMachineArn: arn }, signal),
        call<{ stateMachineAliases: Alias[] }>('ListStateMachineAliases', { stateMachineArn: arn }, signal),
      ]);
      return [
        ...aliases.stateMachineAliases.map(alias => ({ arn: alias.stateMachineAliasArn, kind: 'Alias', created: alias.creationDate })),
        ...versions.stateMachineVersions.map(version => ({ arn: version.stateMachineVersionArn, kind: 'Version', created: version.creationDate })),
      ];
    },
    [arn],
  );
  if (error) {
    return <Failure error={error} retry={reload} />;
  }
  if (!value) {
    return <Loading />;
  }
  if (value.length === 0) {
    return <p className="empty">There are no published versions and no aliases.</p>;
  }
  return (
    <div className="scroll">
      <table>
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Kind</th>
            <th scope="col">Created</th>
          </tr>
        </thead>
        <tbody>
          {value.map(row => (
            <tr key={row.arn}>
              <td>{nameOf(row.arn)}</td>
              <td>{row.kind}</td>
              <td>{instant(row.created)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
