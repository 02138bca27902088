import { expect, test } from 'vitest';
import { difference } from './audit.ts';
import { integer, standard, text } from './field.ts';
import { defineResource } from './resource.ts';

const thing = defineResource({
  type: 'thing',
  path: 'things',
  table: 'thing',
  label: 'thing',
  group: 'ml',
  show: ['name'],
  access: { scope: 'server', owner: null, share: false },
  fields: { ...standard(), name: text(), size: integer(), password: text({ tier: 'hidden', secret: true, filter: false }) },
});

test('a stored secret is named when it changes, and neither value is told', () => {
  expect(difference(thing, null, { id: '1', name: 'a', password: 'old secret' })).toEqual({ name: { after: 'a' }, password: { secret: true } });
  expect(difference(thing, { name: 'a', password: 'old secret' }, { password: 'new secret' })).toEqual({ password: { secret: true } });
});

test('only what changed is told, and long values are cut', () => {
  expect(difference(thing, { name: 'a', size: 1 }, { name: 'a', size: 2, updated: 'now' })).toEqual({ size: { before: 1, after: 2 } });
  expect(String((difference(thing, null, { name: 'x'.repeat(5000) })['name'] as { after: string }).after).length).toBeLessThan(1000);
});
