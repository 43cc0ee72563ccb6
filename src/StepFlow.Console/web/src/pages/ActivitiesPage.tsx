import { useState } from 'react';
import { call } from '../api/client';
import { loadAll } from '../api/loadAll';
import { useLoaded } from '../api/useLoaded';
import { instant } from '../model/format';
import { ConfirmDialog } from '../parts/ConfirmDialog';
import { CopyButton } from '../parts/CopyButton';
import { Failure } from '../parts/Failure';
import { Loading } from '../parts/Loading';

interface Activity {
  activityArn: string;
  name: string;
  creationDate: string;
}

/** All activities: what a worker polls for tasks. */
export function ActivitiesPage() {
  const { value, error, reload } = useLoaded(signal => loadAll<Activity>('ListActivities', 'activities', signal), []);
  const [creating, setCreating] = useState(false);
  const [deleting, setDeleting] = useState<Activity>();
  return (
    <>
      <div className="title">
        <h1>Activities</h1>
        <button type="button" className="primary" onClick={() => setCreating(true)} data-testid="create-activity">
          Create
        </button>
      </div>
      {error && <Failure error={error} retry={reload} />}
      {!value && !error && <Loading />}
      {value?.length === 0 && (
        <div className="empty">
          <p>There are no activities yet.</p>
          <p className="small">
            A Task state whose Resource is an activity’s ARN waits until a worker takes the task with <code>GetActivityTask</code> and reports its result.
          </p>
        </div>
      )}
      {value && value.length > 0 && (
        <div className="scroll">
          <table>
            <thead>
              <tr>
                <th scope="col">Name</th>
                <th scope="col">ARN</th>
                <th scope="col">Created</th>
                <th scope="col">
                  <span className="unseen">Actions</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {value.map(activity => (
                <tr key={activity.activityArn} data-testid={`activity-${activity.name}`}>
                  <td>{activity.name}</td>
                  <td>
                    <code>{activity.activityArn}</code> <CopyButton text={activity.activityArn} label={`Copy the ARN of ${activity.name}`} />
                  </td>
                  <td>{instant(activity.creationDate)}</td>
                  <td>
                    <button type="button" className="quiet" aria-label={`Delete ${activity.name}`} onClick={() => setDeleting(activity)}>
                      Delete
                    </button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {creating && <CreateDialog close={() => setCreating(false)} changed={reload} />}
      {deleting && (
        <ConfirmDialog
          title="Delete this activity?"
          action="Delete"
          close={() => setDeleting(undefined)}
          run={async () => {
            await call('DeleteActivity', { activityArn: deleting.activityArn });
            reload();
          }}
        >
          <p>
            Workers of <strong>{deleting.name}</strong> get no more tasks, and Task states that name it fail.
          </p>
        </ConfirmDialog>
      )}
    </>
  );
}

function CreateDialog({ close, changed }: { close: () => void; changed: () => void }) {
  const [name, setName] = useState('');
  return (
    <ConfirmDialog
      title="Create an activity"
      action="Create"
      close={close}
      run={async () => {
        await call('CreateActivity', { name });
        changed();
      }}
    >
      <label>
        Name
        <input value={name} maxLength={80} required onChange={event => setName(event.target.value)} data-testid="activity-name" />
      </label>
    </ConfirmDialog>
  );
}
