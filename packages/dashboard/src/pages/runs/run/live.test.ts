import { expect, test } from 'vitest';
import { withStep } from './live.ts';

const dag = {
  nodes: [
    { node_id: 'step:a', type: 'step', id: 'a1', name: 'a', metadata: { status: 'running', version: 1 } },
    { node_id: 'step:b', type: 'step', id: null, name: 'b', metadata: {} },
  ],
  edges: [],
};
const state = {
  id: 'a1',
  name: 'a',
  status: 'completed',
  version: 1,
  start_time: '2026-11-25T10:00:00',
  end_time: '2026-11-25T10:00:09',
};

test('what is told of a step changes its node and no other', () => {
  const next = withStep(dag, state);
  expect(next.nodes[0]?.metadata).toEqual({
    status: 'completed',
    version: 1,
    start_time: state.start_time,
    end_time: state.end_time,
  });
  expect(next.nodes[1]).toBe(dag.nodes[1]);
});

test('a try that the graph does not know changes nothing', () => {
  expect(withStep(dag, { ...state, id: 'a2' })).toBe(dag);
});
