import { Conflict } from '../errors.ts';
import type { Resource, Values } from '../resource.ts';

/** Runs a write and turns a violated uniqueness into Conflict, in words that name the fields. Other errors pass. */
export const conflicts = async <T>(resource: Resource, row: Values, write: () => Promise<T>): Promise<T> => {
  try {
    return await write();
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    const text = violated(error);
    const columns = (resource.unique ?? []).find((set) => set.every((column) => text.includes(column))) ?? resource.unique?.[0] ?? ['name'];
    // A key column is another column in the form in which it is compared.
    const shown = columns.filter((column) => !column.endsWith('_id')).map((column) => column.replace(/_key$/, ''));
    const named = shown
      .filter((column) => row[column] !== null && row[column] !== undefined)
      .map((column) => `${column} '${String(row[column])}'`)
      .join(' and ');
    throw new Conflict(
      `There is already a ${resource.label}${named === '' ? ' like this' : ` with the ${named}`}${columns.includes('project_id') ? ' in this project' : ''}; choose another ${shown[0] ?? 'one'} or use the one that exists`,
    );
  }
};

/** SQLite and PostgreSQL say it differently. */
export const isUniqueViolation = (error: unknown): boolean => {
  const { code, errcode } = error as { code?: string; errcode?: number };
  return code === '23505' || errcode === 2067 || errcode === 1555;
};

const violated = (error: unknown): string => {
  const { message, detail, constraint } = error as { message?: string; detail?: string; constraint?: string };
  return `${message ?? ''} ${detail ?? ''} ${constraint ?? ''}`;
};
