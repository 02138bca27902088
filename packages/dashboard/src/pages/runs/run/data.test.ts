import { expect, test } from 'vitest';
import { stepsOf } from './data.ts';
import { grouped } from './grouped.ts';

const node = (node_id: string, type: string, metadata = {}) => ({
  node_id,
  type,
  id: `${node_id}-id`,
  name: node_id,
  metadata,
});

test('steps know what they wait for, straight or through an artifact, each once', () => {
  const steps = stepsOf({
    nodes: [
      node('load', 'step', {
        status: 'completed',
        start_time: '2026-11-25T10:00:00',
        end_time: '2026-11-25T10:00:09',
        version: 2,
      }),
      node('train', 'step'),
      node('rows', 'artifact'),
    ],
    edges: [
      { source: 'load', target: 'rows' },
      { source: 'rows', target: 'train' },
      { source: 'load', target: 'train' },
    ],
  });
  expect(steps).toEqual([
    {
      node: 'load',
      name: 'load',
      id: 'load-id',
      status: 'completed',
      start: '2026-11-25T10:00:00',
      end: '2026-11-25T10:00:09',
      tries: 2,
      after: [],
    },
    { node: 'train', name: 'train', id: 'train-id', status: null, start: null, end: null, tries: 0, after: ['load'] },
  ]);
});

test('metadata is the step’s whose name stands before it, or the run’s', () => {
  expect([...grouped({ accuracy: 0.9, 'train::loss': 0.1, 'train::odd::key': 1 })]).toEqual([
    ['', [['accuracy', 0.9]]],
    [
      'train',
      [
        ['loss', 0.1],
        ['odd::key', 1],
      ],
    ],
  ]);
});
