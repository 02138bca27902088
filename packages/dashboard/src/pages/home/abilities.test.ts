import { expect, test } from 'vitest';
import { abilities } from './abilities.ts';

const texts = (permissions: string[], whole: string[] = []) =>
  Object.fromEntries(abilities(permissions, whole).map((one) => [one.label, one.text]));

test('who holds a macro in full is told so in one word', () => {
  expect(texts(['pipeline:read', 'me'], ['read'])).toMatchObject({
    See: 'everything that is not private',
    'Invite people': 'no',
  });
  expect(texts(['pipeline:create', 'pipeline:update', 'user:create'], ['read', 'write'])).toMatchObject({
    'Make and change': 'everything',
    'Invite people': 'yes',
  });
});

test('a narrow role is told by what it opens', () => {
  expect(texts(['pipeline:read', 'run:read', 'run:create', 'run:update', 'model:create'])).toMatchObject({
    See: 'pipelines and runs',
    'Make and change': 'runs',
  });
});

test('a role that opens nothing says so, and many kinds are counted', () => {
  expect(texts([]).See).toMatch(/^nothing/);
  const seven = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((type) => `${type}:read`);
  expect(texts(seven).See).toBe('as, bs, cs, ds, es and 2 more kinds');
});
