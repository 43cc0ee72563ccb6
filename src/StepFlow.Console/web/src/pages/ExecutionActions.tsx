import { useState } from 'react';
import { call } from '../api/client';
import type { Execution } from '../api/shapes';
import { ConfirmDialog } from '../parts/ConfirmDialog';
import { StartDialog } from '../parts/StartDialog';

type Open = 'stop' | 'redrive' | 'start';

/** What can be done about an execution: stop it, redrive it, start another one like it. */
export function ExecutionActions({ execution, changed }: { execution: Execution; changed: () => void }) {
  const [open, setOpen] = useState<Open>();
  const { executionArn } = execution;
  const close = (): void => setOpen(undefined);
  const isRedrivable = execution.redriveStatus === 'REDRIVABLE';
  const isEnded = execution.status !== 'RUNNING' && execution.status !== 'PENDING_REDRIVE';
  return (
    <>
      {execution.status === 'RUNNING' && (
        <button type="button" onClick={() => setOpen('stop')} data-testid="stop">
          Stop
        </button>
      )}
      {isEnded && execution.status !== 'SUCCEEDED' && (
        <button
          type="button"
          className="primary"
          disabled={!isRedrivable}
          {...(!isRedrivable && { 'aria-describedby': 'redrive-status' })}
          onClick={() => setOpen('redrive')}
          data-testid="redrive"
        >
          Redrive
        </button>
      )}
      {!execution.mapRunArn && (
        <button type="button" onClick={() => setOpen('start')} data-testid="again">
          New execution
        </button>
      )}
      {open === 'stop' && <StopDialog executionArn={executionArn} name={execution.name} changed={changed} close={close} />}
      {open === 'redrive' && (
        <ConfirmDialog
          title="Redrive this execution?"
          action="Redrive"
          close={close}
          run={async () => {
            await call('RedriveExecution', { executionArn });
            changed();
          }}
        >
          <p>
            <strong>{execution.name}</strong> goes on from the states that failed, timed out or were aborted, with the same input and the definition that it
            was started with. States that succeeded are not run again.
          </p>
        </ConfirmDialog>
      )}
      {open === 'start' && (
        <StartDialog
          machineArn={execution.stateMachineArn}
          type="STANDARD"
          subject={executionArn}
          {...(execution.input !== undefined && { input: execution.input })}
          close={close}
        />
      )}
    </>
  );
}

function StopDialog({ executionArn, name, changed, close }: { executionArn: string; name: string; changed: () => void; close: () => void }) {
  const [error, setError] = useState('');
  const [cause, setCause] = useState('');
  return (
    <ConfirmDialog
      title="Stop this execution?"
      action="Stop"
      close={close}
      run={async () => {
        await call('StopExecution', { executionArn, ...(error !== '' && { error }), ...(cause !== '' && { cause }) });
        changed();
      }}
    >
      <p>
        <strong>{name}</strong> ends with the status Aborted. Tasks that are being worked on may still be finished by their workers.
      </p>
      <label>
        <span>
          Error <span className="small">(optional)</span>
        </span>
        <input value={error} maxLength={256} onChange={event => setError(event.target.value)} />
      </label>
      <label>
        <span>
          Cause <span className="small">(optional)</span>
        </span>
        <input value={cause} maxLength={32768} onChange={event => setCause(event.target.value)} />
      </label>
    </ConfirmDialog>
  );
}
