import dagre from '@dagrejs/dagre';
import { isFields, type Fields, type Json } from './json';
import { insideOf, isEnd, scopeOf, typeOf, waysOf, type Scope } from './machine';
import type { Step } from './steps';

/** A state in the graph, or the marker of its start or end. */
export interface GraphNode {
  id: string;
  name: string;
  type: string;
  /** The Parallel or Map that it is drawn inside of. */
  parent?: string;
  /** Of the upper left corner, relative to the parent. */
  x: number;
  y: number;
  width: number;
  height: number;
  isStart: boolean;
  isEnd: boolean;
}

/** A way from one node to another. */
export interface GraphEdge {
  id: string;
  from: string;
  to: string;
  label?: string;
  kind: 'next' | 'choice' | 'default' | 'catch';
  /** Where it bends around other nodes, from the middle of its source's lower side. */
  bends?: Point[];
  /** The middle of its label, from the middle of its source's lower side. */
  labelAt?: Point;
}

/** A place in the graph. */
export interface Point {
  x: number;
  y: number;
}

/** A graph with its size. */
export interface GraphLayout {
  nodes: GraphNode[];
  edges: GraphEdge[];
  width: number;
  height: number;
}

interface Size {
  width: number;
  height: number;
}

const state: Size = { width: 190, height: 54 };
const marker: Size = { width: 60, height: 30 };
/** Of a container, around what is inside; its name is above. */
const padding = { side: 20, top: 48, bottom: 20 };
const gap = 40;
/** Of a label: its height, and the width of a letter. */
const label = { height: 16, letter: 6 };

/** Lays a machine out from top to bottom. What an odd definition lacks is left out. */
export function layout(definition: Json): GraphLayout {
  const scope = scopeOf(definition, '');
  if (!scope) {
    return { nodes: [], edges: [], width: 0, height: 0 };
  }

  return layScope(scope, undefined);
}

/** The ids of the nodes by the names of their states. */
export function nodeIndex(definition: Json): Map<string, string> {
  const index = new Map<string, string>();
  const open = [scopeOf(definition, '')];
  for (const scope of open) {
    for (const [name, fields] of scope?.states ?? []) {
      const id = `${scope?.prefix}${name}`;
      if (!index.has(name)) {
        index.set(name, id);
      }

      open.push(...insideOf(id, fields));
    }
  }

  return index;
}

const indices = new WeakMap<object, Map<string, string>>();

/** The id of the node of a step's state; undefined where the definition does not have it. */
export function nodeIdOf(step: Step, _steps: Map<number, Step>, definition: Json): string | undefined {
  if (!isFields(definition)) {
    return undefined;
  }

  let index = indices.get(definition);
  if (!index) {
    index = nodeIndex(definition);
    indices.set(definition, index);
  }

  return index.get(step.name);
}

function layScope(scope: Scope, parent: string | undefined): GraphLayout {
  const sizes = new Map<string, Size>();
  const inner: GraphNode[] = [];
  const edges: GraphEdge[] = [];
  const own: GraphNode[] = [];
  const hasState = new Set(scope.states.map(([name]) => name));

  const add = (id: string, name: string, type: string, size: Size, ends: { isStart: boolean; isEnd: boolean }): void => {
    sizes.set(id, size);
    own.push({ id, name, type, ...(parent !== undefined && { parent }), x: 0, y: 0, ...size, ...ends });
  };

  for (const [name, fields] of scope.states) {
    const id = scope.prefix + name;
    const within = layInside(id, fields);
    inner.push(...within.nodes);
    edges.push(...within.edges);
    add(id, name, typeOf(fields), within, { isStart: name === scope.startAt, isEnd: isEnd(fields) });
    waysOf(fields).filter(way => hasState.has(way.to)).forEach((way, index) => {
      edges.push({ id: `${id}>${index}`, from: id, to: scope.prefix + way.to, kind: way.kind, ...(way.label !== undefined && { label: way.label }) });
    });
  }

  // The inside of a container needs no markers: it begins and ends with the container.
  if (parent === undefined) {
    mark(own, edges, add);
  }

  const size = place(own, sizes, edges);
  return { nodes: [...own, ...inner], edges, ...size };
}

/** Adds where a machine starts and ends. */
function mark(
  own: GraphNode[],
  edges: GraphEdge[],
  add: (id: string, name: string, type: string, size: Size, ends: { isStart: boolean; isEnd: boolean }) => void): void {
  const ids = new Set(own.map(node => node.id));
  const free = (id: string): string => ids.has(id) ? free(`#${id}`) : id;
  const [start, end] = [free('#start'), free('#end')];
  const first = own.find(node => node.isStart);
  const last = own.filter(node => node.isEnd);
  if (first) {
    add(start, 'Start', 'Start', marker, { isStart: true, isEnd: false });
    edges.push({ id: `${start}>0`, from: start, to: first.id, kind: 'next' });
  }

  if (last.length > 0) {
    add(end, 'End', 'End', marker, { isStart: false, isEnd: true });
    for (const node of last) {
      edges.push({ id: `${node.id}>end`, from: node.id, to: end, kind: 'next' });
    }
  }
}

function layInside(id: string, fields: Fields): GraphLayout {
  const nodes: GraphNode[] = [];
  const edges: GraphEdge[] = [];
  let [right, height] = [padding.side, 0];
  for (const scope of insideOf(id, fields)) {
    const laid = layScope(scope, id);
    for (const node of laid.nodes) {
      // Deeper ones are relative to a container that moves with them.
      nodes.push(node.parent === id ? { ...node, x: node.x + right, y: node.y + padding.top } : node);
    }

    edges.push(...laid.edges);
    right += laid.width + gap;
    height = Math.max(height, laid.height);
  }

  if (nodes.length === 0) {
    return { nodes, edges, ...state };
  }

  return {
    nodes,
    edges,
    width: Math.max(state.width, right - gap + padding.side),
    height: padding.top + height + padding.bottom,
  };
}

/** Gives the nodes of one scope their places; returns the size that they take. */
function place(nodes: GraphNode[], sizes: Map<string, Size>, edges: GraphEdge[]): Size {
  if (nodes.length === 0) {
    return { width: 0, height: 0 };
  }

  const graph = new dagre.graphlib.Graph({ multigraph: true });
  graph.setGraph({ rankdir: 'TB', nodesep: gap, ranksep: 50 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const node of nodes) {
    graph.setNode(node.id, { width: node.width, height: node.height });
  }

  for (const edge of edges) {
    if (sizes.has(edge.from) && sizes.has(edge.to)) {
      // Room for the label keeps labels of neighbours apart.
      const room = edge.label === undefined ? {} : { width: label.letter * edge.label.length, height: label.height, labelpos: 'c' };
      graph.setEdge(edge.from, edge.to, room, edge.id);
    }
  }

  dagre.layout(graph);
  for (const node of nodes) {
    const at = graph.node(node.id) as { x: number; y: number };
    node.x = at.x - node.width / 2;
    node.y = at.y - node.height / 2;
  }

  for (const edge of edges) {
    const source = nodes.find(node => node.id === edge.from);
    const route = source && (graph.edge(edge.from, edge.to, edge.id) as (Partial<Point> & { points?: Point[] }) | undefined);
    if (source && route?.points) {
      const fromSource = (point: Point): Point => ({ x: point.x - source.x - source.width / 2, y: point.y - source.y - source.height });
      edge.bends = route.points.slice(1, -1).map(fromSource);
      if (edge.label !== undefined && route.x !== undefined && route.y !== undefined) {
        edge.labelAt = fromSource({ x: route.x, y: route.y });
      }
    }
  }

  return origin(nodes);
}

/** Moves nodes so that they begin at 0, 0; the routes of edges take no room. */
function origin(nodes: GraphNode[]): Size {
  const left = Math.min(...nodes.map(node => node.x));
  const top = Math.min(...nodes.map(node => node.y));
  for (const node of nodes) {
    node.x -= left;
    node.y -= top;
  }

  return {
    width: Math.max(...nodes.map(node => node.x + node.width)),
    height: Math.max(...nodes.map(node => node.y + node.height)),
  };
}
