// Places the nodes of a graph in layers, away from the page's own thread.
import { Graph, layout } from '@dagrejs/dagre';
import type { Placed, Wanted } from './shapes.ts';

/** Above this many nodes the quicker way to find the layers: the best one takes four times as long for a thousand. */
const many = 200;

const place = ({ id, nodes, edges }: Wanted): Placed => {
  const graph = new Graph();
  graph.setGraph({
    rankdir: 'TB',
    nodesep: 28,
    ranksep: 44,
    ranker: nodes.length > many ? 'tight-tree' : 'network-simplex',
  });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const [name, width, height] of nodes) graph.setNode(name, { width, height });
  for (const [source, target] of edges) graph.setEdge(source, target);
  layout(graph);
  const at: Record<string, readonly [number, number]> = {};
  for (const [name, width, height] of nodes) {
    const { x, y } = graph.node(name) as { x: number; y: number };
    at[name] = [x - width / 2, y - height / 2];
  }
  const { width = 0, height = 0 } = graph.graph() as { width?: number; height?: number };
  return { id, at, width, height };
};

addEventListener('message', (event: MessageEvent<Wanted>) => {
  (globalThis as unknown as Worker).postMessage(place(event.data));
});
