import { useMemo, useState } from 'react';
import { asApiError, type ApiError } from '../api/ApiError';
import { definitionToSave } from '../api/checkDefinition';
import { call } from '../api/client';
import type { Machine } from '../api/shapes';
import { useDraft } from '../drafts/useDraft';
import { StateGraph } from '../graph/StateGraph';
import { parseJson } from '../model/json';
import { DefinitionEditor } from '../parts/DefinitionEditor';
import { Failure } from '../parts/Failure';
import { JsonText } from '../parts/JsonText';

/** A machine's definition, as a graph and as text; to read and to change. A draft stays until it is saved or discarded. */
export function DefinitionTab({ machine, saved }: { machine: Machine; saved: () => void }) {
  const [draft, setDraft] = useDraft(`definition of ${machine.stateMachineArn}`);
  const [error, setError] = useState<ApiError>();
  const [isOverwriting, setOverwriting] = useState(false);
  const text = draft?.text ?? machine.definition;
  const [read, setRead] = useState<string>();
  // Of YAML the graph shows what the server read last.
  const parsed = useMemo(() => parseJson(text) ?? (read === undefined ? undefined : parseJson(read)), [text, read]);
  const whole = useMemo(() => parseJson(machine.definition) ?? null, [machine.definition]);

  const discard = (): void => {
    setDraft(undefined);
    setError(undefined);
    setOverwriting(false);
    setRead(undefined);
  };
  const save = async (overwrite: boolean): Promise<void> => {
    setError(undefined);
    try {
      const now = await call<Machine>('DescribeStateMachine', { stateMachineArn: machine.stateMachineArn });
      if (!overwrite && now.definition !== draft?.base) {
        setOverwriting(true);
        return;
      }
      await call('UpdateStateMachine', { stateMachineArn: machine.stateMachineArn, definition: await definitionToSave(text, machine.type) });
      discard();
      saved();
    } catch (failure) {
      setError(asApiError(failure));
    }
  };
  return (
    <>
      <div className="row end">
        {draft === undefined ? (
          <button type="button" onClick={() => setDraft({ text: machine.definition, base: machine.definition })} data-testid="edit">
            Edit
          </button>
        ) : (
          <>
            {draft.text !== draft.base && <span className="small">This draft is not saved.</span>}
            <button type="button" onClick={discard} data-testid="discard">
              Discard
            </button>
            <button type="button" className="primary" onClick={() => void save(false)} data-testid="save">
              Save
            </button>
          </>
        )}
      </div>
      {error && <Failure error={error} retry={() => void save(isOverwriting)} />}
      {isOverwriting && (
        <div className="failure" role="alert" data-testid="overwrite">
          <strong>The definition has changed</strong>
          <p>Somebody saved another definition after you started this draft. If you save the draft, it replaces that definition.</p>
          <button type="button" onClick={() => void save(true)} data-testid="save-anyway">
            Replace it
          </button>
        </div>
      )}
      <div className="split">
        <StateGraph definition={parsed ?? whole} />
        {draft === undefined ? (
          <JsonText text={machine.definition} label="definition" />
        ) : (
          <DefinitionEditor text={draft.text} type={machine.type} change={changed => setDraft({ ...draft, text: changed })} onRead={setRead} />
        )}
      </div>
    </>
  );
}
