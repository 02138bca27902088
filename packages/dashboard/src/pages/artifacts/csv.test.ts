import { expect, test } from 'vitest';
import { parseCsv } from './csv.ts';

test('quotes hold commas, line ends and quotes', () => {
  expect(parseCsv('a,b\r\n"1,5","say ""no""\nagain"\n,')).toEqual([
    ['a', 'b'],
    ['1,5', 'say "no"\nagain'],
    ['', ''],
  ]);
});

test('no more rows are read than are wanted', () => {
  expect(parseCsv('a\n1\n2\n3\n', 2)).toEqual([['a'], ['1']]);
});
