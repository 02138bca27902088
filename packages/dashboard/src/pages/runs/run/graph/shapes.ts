import type { Dag } from '../data.ts';

export interface Wanted {
  readonly id: number;
  readonly nodes: readonly (readonly [name: string, width: number, height: number])[];
  readonly edges: readonly (readonly [source: string, target: string])[];
}
export interface Placed {
  readonly id: number;
  readonly at: Readonly<Record<string, readonly [number, number]>>;
  readonly width: number;
  readonly height: number;
}

export const sizes = { step: [208, 44], artifact: [168, 30] } as const;

export interface Shape {
  readonly nodes: readonly {
    readonly id: string;
    readonly name: string;
    readonly kind: 'step' | 'artifact';
    readonly type?: string | undefined;
  }[];
  readonly edges: readonly (readonly [string, string])[];
}

/** What is drawn: the steps alone, joined also where an artifact lies between them; or the artifacts too. */
export const shapeOf = (dag: Dag, artifacts: boolean): Shape => {
  const steps = new Set(dag.nodes.filter((node) => node.type === 'step').map((node) => node.node_id));
  const nodes = dag.nodes
    .filter((node) => artifacts || steps.has(node.node_id))
    .map((node) => ({
      id: node.node_id,
      name: node.name,
      kind: steps.has(node.node_id) ? ('step' as const) : ('artifact' as const),
      type: node.metadata.type,
    }));
  if (artifacts) return { nodes, edges: dag.edges.map(({ source, target }) => [source, target] as const) };
  const makers = new Map<string, string[]>();
  for (const { source, target } of dag.edges)
    if (!steps.has(target)) makers.set(target, [...(makers.get(target) ?? []), source]);
  const edges = new Map<string, readonly [string, string]>();
  for (const { source, target } of dag.edges) {
    if (!steps.has(target)) continue;
    for (const from of steps.has(source) ? [source] : (makers.get(source) ?? []))
      edges.set(`${from} ${target}`, [from, target]);
  }
  return { nodes, edges: [...edges.values()] };
};
