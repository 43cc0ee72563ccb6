import { Handle, Position, type Node, type NodeProps } from '@xyflow/react';
import type { StepStatus } from '../model/steps';
import { signOf, toneOf, wordsOf } from '../parts/Badge';

/** What a node of the graph shows. */
export interface NodeData extends Record<string, unknown> {
  name: string;
  type: string;
  status: StepStatus | undefined;
  /** Whether the graph tells of an execution. */
  isTold: boolean;
  isSelected: boolean;
  select: (() => void) | undefined;
}

type Props = NodeProps<Node<NodeData>>;

const icons: { [type: string]: string } = {
  Task: '⚙',
  Pass: '→',
  Choice: '◇',
  Wait: '◷',
  Succeed: '✓',
  Fail: '✕',
  Parallel: '∥',
  Map: '⟳',
};

function classOf(data: NodeData): string {
  const tone = data.status ? `tone-${toneOf(data.status)}` : data.isTold ? 'tone-none' : '';
  return `${tone} ${data.isSelected ? 'selected' : ''}`;
}

function Face({ data }: { data: NodeData }) {
  const state = data.status ? wordsOf(data.status) : data.isTold ? 'Not entered' : '';
  return (
    <button
      type="button"
      className="face"
      disabled={!data.select}
      onClick={data.select}
      aria-pressed={data.isSelected}
      title={`${data.name}${state && ` · ${state}`}`}
      data-testid={`node-${data.name}`}
      data-status={data.status ?? ''}
    >
      <span className="icon" aria-hidden="true">
        {icons[data.type] ?? '•'}
      </span>
      <span className="label">
        <span className="name">{data.name}</span>
        <span className="kind">{data.type}</span>
        {state && <span className="unseen">{state}</span>}
      </span>
      {data.status && (
        <span className="sign" aria-hidden="true">
          {signOf(data.status)}
        </span>
      )}
    </button>
  );
}

function Ends() {
  return (
    <>
      <Handle type="target" position={Position.Top} isConnectable={false} />
      <Handle type="source" position={Position.Bottom} isConnectable={false} />
    </>
  );
}

/** A state that holds no others. */
export function StateNode({ data }: Props) {
  return (
    <div className={`node ${classOf(data)}`}>
      <Face data={data} />
      <Ends />
    </div>
  );
}

/** A Parallel or Map, around its states. */
export function ContainerNode({ data }: Props) {
  return (
    <div className={`node container ${classOf(data)}`}>
      <Face data={data} />
      <Ends />
    </div>
  );
}

/** Where the machine starts and ends. */
export function MarkerNode({ data }: Props) {
  return (
    <div className="node marker">
      {data.type}
      <Ends />
    </div>
  );
}
