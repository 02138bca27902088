import { describe, expect, test } from 'vitest';
import type { Permission } from '../resource/types.ts';
import { areasOf, contains, fineOnes, withMacro, withOne } from './macros.ts';

const macro = (name: string): Permission => ({
  name,
  macro: true,
  type: null,
  action: null,
  group: 'macro',
  description: '',
});
const fine = (type: string, action: string, group = 'ml'): Permission => ({
  name: `${type}:${action}`,
  macro: false,
  type,
  action,
  group,
  description: '',
});
const all = fineOnes([
  macro('read'),
  macro('write'),
  macro('me'),
  fine('team', 'read', 'people'),
  fine('stack', 'delete'),
  fine('stack', 'read'),
  fine('stack', 'update'),
]);
const one = (name: string) => all.find((permission) => permission.name === name)!;

describe('the role editor', () => {
  test('a preset holds each permission it stands for', () => {
    expect(contains(['read'], one('stack:read'))).toBe(true);
    expect(contains(['read'], one('stack:update'))).toBe(false);
    expect(contains(['write'], one('stack:update'))).toBe(true);
  });

  test('choosing a preset replaces what it stands for', () => {
    expect(withMacro(['stack:read', 'stack:update'], 'read', true, all).toSorted()).toEqual(['read', 'stack:update']);
  });

  test('taking a preset away takes everything of it', () => {
    expect(withMacro(['read', 'me'], 'read', false, all)).toEqual(['me']);
  });

  test('taking one out of a preset leaves the others by name', () => {
    expect(withOne(['read', 'me'], one('stack:read'), false, all).toSorted()).toEqual(['me', 'team:read']);
  });

  test('adding one that is there already changes nothing', () => {
    expect(withOne(['stack:read'], one('stack:read'), true, all)).toEqual(['stack:read']);
  });

  test('the matrix has a row for each thing and its actions in one order', () => {
    const [people, ml] = areasOf(all);
    expect(people?.rows.map((row) => row.type)).toEqual(['team']);
    expect(ml?.actions).toEqual(['read', 'update', 'delete']);
    expect(ml?.rows[0]?.cells.get('update')?.name).toBe('stack:update');
  });
});
