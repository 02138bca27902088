import { expect, test } from 'vitest';
import { exactJson } from './exact.ts';

test('numbers come out as they were written', () => {
  const text = '{"rate":1.0,"count":1,"large":12345678901234567890,"small":1e-7,"list":[2.50]}';
  expect(JSON.stringify(exactJson(text))).toBe(text);
});

test('all else is as JSON.parse has it', () => {
  expect(exactJson('{"a":[1,"1.0",null,true]}')).toEqual({ a: [1, '1.0', null, true] });
});
