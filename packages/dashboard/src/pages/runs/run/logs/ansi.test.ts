import { expect, test } from 'vitest';
import { plain } from './ansi.ts';

test.each([
  ['\u001b[1;31mError\u001b[0m: no', 'Error: no'],
  ['\u001b[2K\u001b[1Gdone', 'done'],
  ['\u001b]0;title\u0007text', 'text'],
  ['\u001b]8;;https://x.example\u001b\\link\u001b]8;;\u001b\\', 'link'],
  ['10 %\r55 %\r100 %', '100 %'],
  ['one\r\ntwo\r\n', 'one\ntwo\n'],
  ['[not a code]', '[not a code]'],
])('%j is read as %j', (raw, text) => {
  expect(plain(raw)).toBe(text);
});
