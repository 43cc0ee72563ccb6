import type { ExecutionView } from '../api/useExecution';
import type { Step } from '../model/steps';
import { EventList } from '../parts/EventList';
import { JsonText } from '../parts/JsonText';
import { StepTable } from '../parts/StepTable';
import { Tabs } from '../parts/Tabs';
import { useTab } from './useTab';

interface Props {
  view: ExecutionView;
  steps: Step[];
  /** In milliseconds. */
  end: number;
  chosen: number | undefined;
  choose: (id: number) => void;
}

/** The steps, the events, and the data of an execution. */
export function ExecutionTabs({ view: { execution, events }, steps, end, chosen, choose }: Props) {
  const [tab, setTab] = useTab('tab', 'steps');
  return (
    <Tabs
      label="Execution"
      selected={tab}
      select={setTab}
      tabs={[
        {
          id: 'steps',
          label: `Steps (${steps.length})`,
          content: () => <StepTable steps={steps} start={Date.parse(execution.startDate)} end={end} chosen={chosen} choose={choose} />,
        },
        { id: 'events', label: `Events (${events.length})`, content: () => <EventList events={events} start={execution.startDate} /> },
        {
          id: 'data',
          label: 'Input and output',
          content: () => (
            <div className="split even">
              <section>
                <h2>Input</h2>
                <JsonText text={execution.input} label="input of the execution" />
              </section>
              <section>
                <h2>Output</h2>
                <JsonText text={execution.output} label="output of the execution" />
              </section>
            </div>
          ),
        },
      ]}
    />
  );
}
