// Service connectors: this server has none, and its list says so. The stock client asks for them in passing.
import Type from 'typebox';
import { Refused } from '../../kernel/errors.ts';
import { operation, signedIn, type Operation } from '../../kernel/resource.ts';

const none = (name: string, path: string, description: string): Operation =>
  operation({
    name,
    method: 'GET',
    path,
    needs: signedIn('there is nothing in it'),
    writes: false,
    description,
    query: Type.Object({ page: Type.Optional(Type.String()), size: Type.Optional(Type.String()) }, { additionalProperties: true }),
    run: async (_ctx, { query }) => {
      const [page, size] = [Number(query.page ?? 1), Number(query.size ?? 20)];
      if (page !== 1) throw new Refused(`There is only 1 page of this list; page ${query.page} was asked for`);
      return { body: { index: 1, max_size: size, total_pages: 1, total: 0, items: [] } };
    },
  });

export const emptyLists: readonly Operation[] = [none('list_service_connectors', '/service_connectors', 'Service connectors: none.')];
