import { expect, test } from 'vitest';
import { shapeOf } from './shapes.ts';

const node = (node_id: string, type: string) => ({ node_id, type, id: null, name: node_id, metadata: {} });
const dag = {
  nodes: [node('a', 'step'), node('b', 'step'), node('c', 'step'), node('rows', 'artifact'), node('other', 'artifact')],
  edges: [
    { source: 'a', target: 'rows' },
    { source: 'rows', target: 'b' },
    { source: 'rows', target: 'c' },
    { source: 'b', target: 'c' },
    // An artifact from outside the run has no step that made it.
    { source: 'other', target: 'c' },
  ],
};

test('steps alone are joined straight and through what one made for the other', () => {
  const { nodes, edges } = shapeOf(dag, false);
  expect(nodes.map((one) => one.id)).toEqual(['a', 'b', 'c']);
  expect(edges).toEqual([
    ['a', 'b'],
    ['a', 'c'],
    ['b', 'c'],
  ]);
});

test('artifacts stand between the steps where they are wanted', () => {
  const { nodes, edges } = shapeOf(dag, true);
  expect(nodes).toHaveLength(5);
  expect(edges).toHaveLength(5);
});
