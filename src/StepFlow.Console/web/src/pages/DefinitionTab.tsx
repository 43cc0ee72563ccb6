import { useState } from 'react';
import { call, type ApiError } from '../api/client';
import type { Machine } from '../api/shapes';
import { StateGraph } from '../graph/StateGraph';
import { jsonText } from '../model/format';
import { DefinitionEditor } from '../parts/DefinitionEditor';
import { Failure } from '../parts/Failure';
import { JsonText } from '../parts/JsonText';

/** A machine's definition, as a graph and as text; to read and to change. */
export function DefinitionTab({ machine, saved }: { machine: Machine; saved: () => void }) {
  const [text, setText] = useState<string>();
  const [error, setError] = useState<ApiError>();
  const save = async (): Promise<void> => {
    try {
      await call('UpdateStateMachine', { stateMachineArn: machine.stateMachineArn, definition: text });
      setText(undefined);
      setError(undefined);
      saved();
    } catch (failure) {
      setError(failure as ApiError);
    }
  };
  return (
    <>
      <div className="row end">
        {text === undefined ? (
          <button type="button" onClick={() => setText(jsonText(machine.definition))} data-testid="edit">
            Edit
          </button>
        ) : (
          <>
            <button type="button" onClick={() => setText(undefined)}>
              Discard
            </button>
            <button type="button" className="primary" onClick={() => void save()} data-testid="save">
              Save
            </button>
          </>
        )}
      </div>
      {error && <Failure error={error} />}
      <div className="split">
        <StateGraph definition={machine.definition} />
        {text === undefined ? (
          <JsonText value={machine.definition} label="definition" />
        ) : (
          <DefinitionEditor text={text} type={machine.type} change={setText} />
        )}
      </div>
    </>
  );
}
