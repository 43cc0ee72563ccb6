import { useState } from 'react';
import { call } from '../api/client';
import { nameOf, type Machine } from '../api/shapes';
import { useLoaded } from '../api/useLoaded';
import { CopyButton } from '../parts/CopyButton';
import { Failure } from '../parts/Failure';
import { Loading } from '../parts/Loading';
import { StartDialog } from '../parts/StartDialog';
import { Tabs } from '../parts/Tabs';
import { linkTo } from '../routing';
import { DefinitionTab } from './DefinitionTab';
import { ExecutionList } from './ExecutionList';
import { useTab } from './useTab';
import { VersionsTab } from './VersionsTab';

/** One state machine. */
export function MachinePage({ arn }: { arn: string }) {
  const { value: machine, error, reload } = useLoaded(signal => call<Machine>('DescribeStateMachine', { stateMachineArn: arn }, signal), [arn]);
  const [tab, setTab] = useTab('tab', 'executions');
  const [starting, setStarting] = useState(false);
  if (error && !machine) {
    return <Failure error={error} retry={reload} />;
  }
  if (!machine) {
    return <Loading />;
  }
  return (
    <>
      <p className="crumbs">
        <a {...linkTo()}>State machines</a> ›
      </p>
      <div className="title">
        <h1>{nameOf(arn)}</h1>
        <button type="button" className="primary" onClick={() => setStarting(true)} data-testid="start">
          Start execution
        </button>
      </div>
      <p className="small">
        {machine.type === 'EXPRESS' ? 'Express' : 'Standard'} · <code>{arn}</code> <CopyButton text={arn} label="Copy the ARN" />
      </p>
      <Tabs
        label="State machine"
        selected={tab}
        select={setTab}
        tabs={[
          { id: 'executions', label: 'Executions', content: () => <ExecutionList machine={machine} /> },
          { id: 'definition', label: 'Definition', content: () => <DefinitionTab machine={machine} saved={reload} /> },
          { id: 'versions', label: 'Versions and aliases', content: () => <VersionsTab arn={arn} /> },
        ]}
      />
      {starting && <StartDialog machineArn={arn} type={machine.type} subject={arn} close={() => setStarting(false)} />}
    </>
  );
}
