// Knows: how much a query may say. Must not know: what it means.
import { judgeDocument } from '../kernel/document.ts';
import { Invalid } from '../kernel/errors.ts';

const MOST = 200;
/** The same for a query; every value of it becomes a condition, and databases have a limit to those. */
export const judgeQuery = (query: unknown): void => {
  judgeDocument(query);
  const values = Object.values(query as Record<string, unknown>).flat().length;
  if (values > MOST) throw new Invalid(`The query holds ${values} values; ${MOST} at most. Use oneof:[…] for a choice of many`);
};
