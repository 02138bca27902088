import { useEffect, useRef, useState } from 'react';
import { sizes, type Placed, type Shape, type Wanted } from './shapes.ts';

/** Where each node goes; null until it is known, and again when the shape has changed. A new status moves nothing. */
export const useLayout = (shape: Shape): Placed | null => {
  const worker = useRef<Worker | null>(null);
  const count = useRef(0);
  const [placed, setPlaced] = useState<{ key: string; layout: Placed } | null>(null);
  const key = `${shape.nodes.map((node) => node.id).join()}|${shape.edges.map((edge) => edge.join('>')).join()}`;
  const wanted = useRef({ key, shape });
  wanted.current = { key, shape };
  useEffect(() => {
    const made = new Worker(new URL('./layout.worker.ts', import.meta.url), { type: 'module' });
    worker.current = made;
    return () => made.terminate();
  }, []);
  useEffect(() => {
    const { shape: of } = wanted.current;
    const id = (count.current += 1);
    const known = new Set(of.nodes.map((node) => node.id));
    const listen = ({ data }: MessageEvent<Placed>): void => {
      if (data.id === id) setPlaced({ key, layout: data });
    };
    worker.current?.addEventListener('message', listen);
    worker.current?.postMessage({
      id,
      nodes: of.nodes.map((node) => [node.id, ...sizes[node.kind]] as const),
      edges: of.edges.filter(([source, target]) => known.has(source) && known.has(target)),
    } satisfies Wanted);
    return () => worker.current?.removeEventListener('message', listen);
  }, [key]);
  return placed && Object.keys(placed.layout.at).length >= shape.nodes.length && placed.key === key
    ? placed.layout
    : null;
};
