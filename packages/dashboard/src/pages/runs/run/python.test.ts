import { expect, test } from 'vitest';
import { coloured } from './python.ts';

const kinds = (code: string) =>
  coloured(code).map((line) =>
    line.filter(([kind, text]) => kind !== 'plain' && text).map(([kind, text]) => `${kind} ${text}`),
  );

test('keywords, decorators, strings and comments are told apart', () => {
  expect(kinds('@step\ndef load(path: str = "a # b") -> int:  # why')).toEqual([
    ['word @step'],
    ['word def', 'text "a # b"', 'note # why'],
  ]);
});

test('a text over several lines is one on each of them, and nothing is lost', () => {
  const code = 'x = """one\nreturn two\n"""\nreturn x';
  expect(kinds(code)).toEqual([['text """one'], ['text return two'], ['text """'], ['word return']]);
  expect(
    coloured(code)
      .map((line) => line.map(([, text]) => text).join(''))
      .join('\n'),
  ).toBe(code);
});

test('what only looks like a keyword is none', () => {
  expect(kinds('information = forest.in_order')).toEqual([[]]);
});
