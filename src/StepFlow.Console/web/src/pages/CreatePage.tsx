import { useState } from 'react';
import { asApiError, type ApiError } from '../api/ApiError';
import { definitionToSave } from '../api/checkDefinition';
import { call } from '../api/client';
import { useDraft } from '../drafts/useDraft';
import { DefinitionEditor } from '../parts/DefinitionEditor';
import { Failure } from '../parts/Failure';
import { goTo, setQuery, useQuery } from '../routing';

const example = `{
  "StartAt": "Hello",
  "States": {
    "Hello": {
      "Type": "Pass",
      "Result": "Hello, World!",
      "End": true
    }
  }
}`;

/** Creates a state machine. Its definition is kept as a draft until then. */
export function CreatePage() {
  const query = useQuery();
  const type = query.get('type') === 'EXPRESS' ? 'EXPRESS' : 'STANDARD';
  const [draft, setDraft] = useDraft('definition of a new machine');
  const [nameDraft, setNameDraft] = useDraft('name of a new machine');
  const name = nameDraft?.text ?? '';
  const definition = draft?.text ?? example;
  const [error, setError] = useState<ApiError>();

  const create = async (): Promise<void> => {
    setError(undefined);
    try {
      const created = await call<{ stateMachineArn: string }>('CreateStateMachine', {
        name,
        type,
        definition: await definitionToSave(definition, type),
        roleArn: 'arn:aws:iam::123456789012:role/stepflow',
      });
      setDraft(undefined);
      setNameDraft(undefined);
      goTo('machines', created.stateMachineArn);
    } catch (failure) {
      setError(asApiError(failure));
    }
  };

  return (
    <>
      {error && <Failure error={error} retry={() => void create()} />}
      <form
        onSubmit={event => {
          event.preventDefault();
          void create();
        }}
      >
        <div className="title">
          <h1>Create a state machine</h1>
          {draft && draft.text !== example && (
            <button type="button" onClick={() => setDraft(undefined)} data-testid="discard">
              Discard the draft
            </button>
          )}
          <button type="submit" className="primary" disabled={name === ''} data-testid="create">
            Create
          </button>
        </div>
        <div className="fields">
          <label>
            Name
            <input
              value={name}
              onChange={event => setNameDraft({ text: event.target.value, base: '' })}
              maxLength={80}
              required
              data-testid="name"
            />
          </label>
          <label>
            Type
            <select value={type} onChange={event => setQuery({ type: event.target.value === 'EXPRESS' ? 'EXPRESS' : undefined }, 'replace')}>
              <option value="STANDARD">Standard: durable, for long workflows</option>
              <option value="EXPRESS">Express: in memory, for many short ones</option>
            </select>
          </label>
        </div>
        <DefinitionEditor text={definition} type={type} change={changed => setDraft({ text: changed, base: example })} />
      </form>
    </>
  );
}
