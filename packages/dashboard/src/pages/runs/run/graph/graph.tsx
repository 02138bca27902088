import '@xyflow/react/dist/base.css';
import {
  Handle,
  MiniMap,
  Position,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
  type Edge,
  type Node,
  type NodeProps,
} from '@xyflow/react';
import { Box, Maximize, ZoomIn, ZoomOut } from 'lucide-react';
import { memo, useMemo, useRef } from 'react';
import { IconButton } from '../../../../ui/button.tsx';
import { SkeletonLines } from '../../../../ui/bits.tsx';
import { cx } from '../../../../ui/cx.ts';
import { duration } from '../../../ml/duration.ts';
import { StatusIcon, toneOf } from '../../../ml/run-status.tsx';
import type { View } from '../data.ts';
import { shapeOf, sizes, type Placed, type Shape } from './shapes.ts';
import { useLayout } from './use-layout.ts';

type StepData = { name: string; status: string | null; took: string; chosen: boolean };
type ArtifactData = { name: string };

const hidden = 'opacity-0!';
const Ends = () => (
  <>
    <Handle type="target" position={Position.Top} isConnectable={false} className={hidden} />
    <Handle type="source" position={Position.Bottom} isConnectable={false} className={hidden} />
  </>
);

const edgeOf = {
  good: 'border-line',
  plain: 'border-line border-dashed',
  bad: 'border-danger',
  accent: 'border-accent-text',
  warn: 'border-warn',
};

const StepNode = memo(({ data }: NodeProps<Node<StepData>>) => (
  <div
    className={cx(
      'flex h-11 w-52 items-center gap-2 rounded-lg border bg-raised px-2.5 text-sm shadow-xs hover:bg-hover',
      edgeOf[toneOf(data.status)],
      data.chosen && 'ring-2 ring-accent-text',
    )}
  >
    <Ends />
    <StatusIcon status={data.status} />
    <span className="min-w-0 grow truncate font-medium">{data.name}</span>
    <span className="text-xs whitespace-nowrap text-faint nums">{data.took}</span>
  </div>
));

const ArtifactNode = memo(({ data }: NodeProps<Node<ArtifactData>>) => (
  <div className="flex h-7.5 w-42 items-center gap-1.5 rounded-full border border-line bg-side px-2.5 text-xs text-soft">
    <Ends />
    <Box className="size-3.5 shrink-0" aria-hidden />
    <span className="truncate">{data.name}</span>
  </div>
));

const kinds = { step: StepNode, artifact: ArtifactNode };
const none = (): void => {};

interface Box {
  readonly width: number;
  readonly height: number;
}

const Buttons = () => {
  const flow = useReactFlow();
  return (
    <div
      role="group"
      aria-label="View of the graph"
      className="absolute bottom-3 left-3 z-5 flex rounded-lg border border-line bg-raised shadow-xs"
    >
      <IconButton label="Zoom in" onClick={() => void flow.zoomIn()}>
        <ZoomIn aria-hidden />
      </IconButton>
      <IconButton label="Zoom out" onClick={() => void flow.zoomOut()}>
        <ZoomOut aria-hidden />
      </IconButton>
      <IconButton label="See all of it" onClick={() => void flow.fitView({ padding: 0.1 })}>
        <Maximize aria-hidden />
      </IconButton>
    </div>
  );
};

/** What one sees first: all of it where that is readable, else the chosen step, or where the run begins. */
const viewport = (layout: Placed, chosen: string | undefined, { width, height }: Box) => {
  const whole = Math.min(1, (width - 48) / layout.width, (height - 48) / layout.height);
  if (whole >= 0.55)
    return {
      zoom: whole,
      x: (width - layout.width * whole) / 2,
      y: Math.max(24, (height - layout.height * whole) / 2),
    };
  const zoom = 0.8;
  const first = chosen ? layout.at[chosen] : undefined;
  const [x, y] = first ?? Object.values(layout.at).toSorted((a, b) => a[1] - b[1])[0] ?? [0, 0];
  return { zoom, x: width / 2 - (x + sizes.step[0] / 2) * zoom, y: (first ? height / 2 : 60) - y * zoom };
};

const Flow = ({
  view,
  layout,
  shape,
  box,
}: {
  readonly view: View;
  readonly layout: Placed;
  readonly shape: Shape;
  readonly box: Box;
}) => {
  const steps = useMemo(() => new Map(view.steps.map((step) => [step.node, step])), [view.steps]);
  const chosen = view.step?.node;
  const nodes = useMemo(
    (): Node[] =>
      shape.nodes.map(({ id, name, kind }) => {
        const [width, height] = sizes[kind];
        const [x = 0, y = 0] = layout.at[id] ?? [];
        const step = steps.get(id);
        return {
          id,
          type: kind,
          position: { x, y },
          width,
          height,
          draggable: false,
          data:
            kind === 'artifact'
              ? { name }
              : {
                  name,
                  status: step?.status ?? null,
                  took: duration(step?.start, step?.end),
                  chosen: id === chosen,
                },
        };
      }),
    [shape, layout, steps, chosen],
  );
  const edges = useMemo(
    (): Edge[] =>
      shape.edges.map(([source, target]) => ({ id: `${source} ${target}`, source, target, focusable: false })),
    [shape],
  );
  return (
    <ReactFlow
      nodes={nodes}
      edges={edges}
      nodeTypes={kinds}
      defaultViewport={viewport(layout, chosen, box)}
      onNodesChange={none}
      onNodeClick={(_, node) => {
        const step = steps.get(node.id);
        if (step) view.choose(step.name);
      }}
      onlyRenderVisibleElements
      nodesConnectable={false}
      nodesFocusable={false}
      edgesFocusable={false}
      elementsSelectable={false}
      minZoom={0.05}
      maxZoom={1.5}
      proOptions={{ hideAttribution: true }}
      aria-label={`Graph of ${shape.nodes.length} nodes. The list shows the same to keyboards and screen readers.`}
    >
      <Buttons />
      {shape.nodes.length > 40 && (
        <MiniMap
          pannable
          zoomable
          className="rounded-lg border border-line max-sm:hidden"
          bgColor="var(--side)"
          maskColor="color-mix(in srgb, var(--page) 55%, transparent)"
          nodeColor="var(--edge)"
          ariaLabel="Map of the graph"
        />
      )}
    </ReactFlow>
  );
};

export const Graph = ({ view, artifacts }: { readonly view: View; readonly artifacts: boolean }) => {
  const { dag } = view;
  const shape = useMemo(() => shapeOf(dag ?? { nodes: [], edges: [] }, artifacts), [dag, artifacts]);
  const layout = useLayout(shape);
  const frame = useRef<HTMLDivElement>(null);
  const { clientWidth: width = 800, clientHeight: height = 600 } = frame.current ?? {};
  return (
    <div
      ref={frame}
      className="graph relative h-[max(22rem,calc(100dvh-19rem))] overflow-hidden rounded-xl border border-line bg-panel"
    >
      {layout ? (
        <ReactFlowProvider>
          <Flow key={String(artifacts)} view={view} layout={layout} shape={shape} box={{ width, height }} />
        </ReactFlowProvider>
      ) : (
        <div className="p-6">
          <SkeletonLines />
        </div>
      )}
    </div>
  );
};
