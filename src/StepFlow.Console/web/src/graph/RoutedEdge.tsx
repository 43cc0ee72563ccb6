import { BaseEdge, type Edge, type EdgeProps } from '@xyflow/react';
import type { Point } from '../model/graph';

/** A way from a state to another, around what lies between them. */
export function RoutedEdge({ id, sourceX, sourceY, targetX, targetY, markerEnd, label, data }: EdgeProps<Edge<{ bends: Point[]; labelAt: Point | undefined }>>) {
  const bends = (data?.bends ?? []).map(bend => ({ x: sourceX + bend.x, y: sourceY + bend.y }));
  const target = { x: targetX, y: targetY };
  const curves = bends.map((bend, index) => {
    const next = bends[index + 1];
    const to = next ? { x: (bend.x + next.x) / 2, y: (bend.y + next.y) / 2 } : target;
    return `Q ${bend.x} ${bend.y} ${to.x} ${to.y}`;
  });
  const labelAt = data?.labelAt && { x: sourceX + data.labelAt.x, y: sourceY + data.labelAt.y };
  const middle = labelAt ?? bends[Math.floor(bends.length / 2)] ?? { x: (sourceX + targetX) / 2, y: (sourceY + targetY) / 2 };
  return (
    <BaseEdge
      id={id}
      path={`M ${sourceX} ${sourceY} ${curves.length > 0 ? curves.join(' ') : `L ${targetX} ${targetY}`}`}
      {...(markerEnd === undefined ? {} : { markerEnd })}
      label={label}
      labelX={middle.x}
      labelY={middle.y}
    />
  );
}
