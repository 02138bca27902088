import { expect, test } from 'vitest';
import { exactJson } from '../../../resource/exact.ts';
import { valueText } from '../../things/metadata.tsx';
import { beside, flat } from './rows.ts';

test('a document becomes single values by their path', () => {
  expect([...flat({ a: 1, b: { c: [1, 2], d: null, e: { f: false } }, g: {} })]).toEqual([
    ['a', 1],
    ['b › c', [1, 2]],
    ['b › e › f', false],
  ]);
});

test('rows say whether all runs agree; a run without the key does not', () => {
  const rows = beside([flat({ rate: 0.1, layers: [64, 32], seed: 7 }), flat({ rate: 0.3, layers: [64, 32] })]);
  expect(rows).toEqual([
    { key: 'rate', values: [0.1, 0.3], same: false },
    {
      key: 'layers',
      values: [
        [64, 32],
        [64, 32],
      ],
      same: true,
    },
    { key: 'seed', values: [7, undefined], same: false },
  ]);
});

test('numbers that were set are shown as they were written', () => {
  const [rate] = beside([flat(exactJson('{"rate":1.0}')), flat(exactJson('{"rate":1}'))]);
  expect(rate?.values.map(valueText)).toEqual(['1.0', '1']);
});
