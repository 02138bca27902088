// The hand-written TypeScript of the repository, and what each file imports.
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { root } from './paths.ts';

export type Source = { readonly path: string; readonly text: string };
export type Import = { readonly target: string; readonly dynamic: boolean };

const patterns = ['packages/{server,client,cli,dashboard}/{src,e2e}/**/*.{ts,tsx}', '{scripts,bench,compat}/**/*.ts'];

export const sources = (): Source[] =>
  globSync(patterns, { cwd: root })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => !path.includes('/node_modules/') && !/\.(gen|d)\.ts$/.test(path))
    .sort()
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));

export const linesOf = ({ text }: Source): number => text.trimEnd().split('\n').length;

const statement = /^\s*(?:import|export)\b(?:[^'";]*?\bfrom)?\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/gm;

/** Relative targets are given as paths from the root, so that a rule can name a folder. */
export function importsOf({ path, text }: Source): Import[] {
  return [...text.matchAll(statement)].map(([, fixed, loaded]) => {
    const name = fixed ?? loaded ?? '';
    const target = name.startsWith('.') ? posix.normalize(posix.join(dirname(path), name)) : name;
    return { target, dynamic: fixed === undefined };
  });
}
