import { useState } from 'react';
import { call, type ApiError } from '../api/client';
import { jsonText } from '../model/format';
import { DefinitionEditor } from '../parts/DefinitionEditor';
import { Failure } from '../parts/Failure';
import { goTo } from '../routing';

const example = jsonText({
  StartAt: 'Hello',
  States: { Hello: { Type: 'Pass', Result: 'Hello, World!', End: true } },
});

/** Creates a state machine. */
export function CreatePage() {
  const [name, setName] = useState('');
  const [type, setType] = useState('STANDARD');
  const [definition, setDefinition] = useState(example);
  const [error, setError] = useState<ApiError>();

  const create = async (): Promise<void> => {
    try {
      const created = await call<{ stateMachineArn: string }>('CreateStateMachine', {
        name,
        type,
        definition,
        roleArn: 'arn:aws:iam::123456789012:role/stepflow',
      });
      goTo('machines', created.stateMachineArn);
    } catch (failure) {
      setError(failure as ApiError);
    }
  };

  return (
    <form
      onSubmit={event => {
        event.preventDefault();
        void create();
      }}
    >
      <div className="title">
        <h1>Create a state machine</h1>
        <button type="submit" className="primary" disabled={name === ''} data-testid="create">
          Create
        </button>
      </div>
      {error && <Failure error={error} />}
      <div className="fields">
        <label>
          Name
          <input value={name} onChange={event => setName(event.target.value)} maxLength={80} required data-testid="name" />
        </label>
        <label>
          Type
          <select value={type} onChange={event => setType(event.target.value)}>
            <option value="STANDARD">Standard: durable, for long workflows</option>
            <option value="EXPRESS">Express: in memory, for many short ones</option>
          </select>
        </label>
      </div>
      <DefinitionEditor text={definition} type={type} change={setDefinition} />
    </form>
  );
}
