import { expect, test } from 'vitest';
import { ratio, table } from './table.ts';

test('a ratio above one means that the first server is better, whatever the unit', () => {
  expect(ratio({ what: '', unit: 'requests/s', figures: [900, 90] })).toBe('10 ×');
  expect(ratio({ what: '', unit: 'ms', figures: [2, 9] })).toBe('4.5 ×');
  expect(ratio({ what: '', unit: 'MiB', figures: [200, 100] })).toBe('0.5 ×');
  expect(ratio({ what: '', unit: 'ms', figures: [2, null] })).toBe('–');
});

test('the columns line up, and one server alone has no ratio', () => {
  const rows = [{ what: 'GET /info', unit: 'requests/s', figures: [12345.6, 286] }] as const;
  expect(table(rows, ['Zendo', 'ZenML']).split('\n')[2]).toBe('| GET /info |  43 × | 12,346 |   286 | requests/s |');
  expect(table([{ ...rows[0], figures: [1.234] }], ['Zendo'])).not.toContain('ratio');
});
