import { expect, test } from 'vitest';
import { exactJson, exactly } from './exact.ts';

test('numbers come out as they were written', () => {
  const text = '{"rate":1.0,"count":1,"large":12345678901234567890,"small":1e-7,"list":[2.50]}';
  expect(JSON.stringify(exactJson(text))).toBe(text);
});

test('all else is as JSON.parse has it', () => {
  expect(exactJson('{"a":[1,"1.0",null,true]}')).toEqual({ a: [1, '1.0', null, true] });
});

test('only the named parts of an envelope are exact', () => {
  const { metadata } = exactly('config')<{ metadata: { config: unknown; run_metadata: unknown } }>(
    '{"id":"a","metadata":{"config":{"rate":1.0},"run_metadata":{"auc":1.0}}}',
  );
  expect(JSON.stringify(metadata.config)).toBe('{"rate":1.0}');
  expect(metadata.run_metadata).toEqual({ auc: 1 });
  expect(exactly('config')('{"id":"b","metadata":null}')).toEqual({ id: 'b', metadata: null });
});
