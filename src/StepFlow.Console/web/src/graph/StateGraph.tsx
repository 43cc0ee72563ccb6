import { useEffect, useMemo, useState } from 'react';
import { Background, Controls, MarkerType, ReactFlow, type Edge, type Node, type ReactFlowInstance } from '@xyflow/react';
import '@xyflow/react/dist/style.css';
import { layout } from '../model/graph';
import type { Json } from '../model/json';
import type { StepStatus } from '../model/steps';
import { RoutedEdge } from './RoutedEdge';
import { ContainerNode, MarkerNode, StateNode, type NodeData } from './nodes';

const fit = { maxZoom: 1, padding: 0.08 };
const nodeTypes = { state: StateNode, container: ContainerNode, marker: MarkerNode };
const edgeTypes = { routed: RoutedEdge };

interface Props {
  definition: Json;
  /** By node: how its latest visit stands; undefined where nothing is executed. */
  statuses?: Map<string, StepStatus>;
  selected?: string | undefined;
  select?: (node: string) => void;
}

/** A machine as a graph, coloured by what an execution has come to. */
export function StateGraph({ definition, statuses, selected, select }: Props) {
  const graph = useMemo(() => layout(definition), [definition]);
  const [flow, setFlow] = useState<ReactFlowInstance<Node<NodeData>>>();
  useEffect(() => {
    const refit = (): void => void flow?.fitView(fit);
    window.addEventListener('resize', refit);
    return () => window.removeEventListener('resize', refit);
  }, [flow]);
  const nodes: Node<NodeData>[] = useMemo(
    () =>
      graph.nodes.map(node => ({
        id: node.id,
        type: node.type === 'Start' || node.type === 'End' ? 'marker' : node.type === 'Map' || node.type === 'Parallel' ? 'container' : 'state',
        position: { x: node.x, y: node.y },
        width: node.width,
        height: node.height,
        // A node that cannot be moved or selected by the graph itself would let clicks through.
        style: { pointerEvents: 'all' },
        ...(node.parent === undefined ? {} : { parentId: node.parent }),
        data: {
          name: node.name,
          type: node.type,
          status: statuses?.get(node.id),
          isTold: statuses !== undefined,
          isSelected: node.id === selected,
          select: select && (() => select(node.id)),
        },
      })),
    [graph, statuses, selected, select],
  );
  const edges: Edge[] = useMemo(
    () =>
      graph.edges.map(edge => ({
        id: edge.id,
        source: edge.from,
        target: edge.to,
        type: 'routed',
        data: { bends: edge.bends ?? [], labelAt: edge.labelAt },
        className: `edge-${edge.kind}`,
        ...(edge.label === undefined ? {} : { label: edge.label }),
        markerEnd: { type: MarkerType.ArrowClosed },
        zIndex: 1,
      })),
    [graph],
  );
  return (
    <div className="graph" role="group" aria-label="Graph of the state machine">
      <ReactFlow
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        fitView
        fitViewOptions={fit}
        onInit={setFlow}
        minZoom={0.1}
        maxZoom={2}
        nodesDraggable={false}
        nodesConnectable={false}
        nodesFocusable={false}
        edgesFocusable={false}
        elementsSelectable={false}
        colorMode="system"
      >
        <Background gap={24} />
        <Controls showInteractive={false} />
      </ReactFlow>
    </div>
  );
}
