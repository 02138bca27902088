// Requests for shares of resource pools. The genuine open server has no pools either: it answers 501, and so does this one.
import Type from 'typebox';
import { Unavailable } from '../../kernel/errors.ts';
import { operation, signedIn, type Operation } from '../../kernel/resource.ts';

const none = (name: string, method: 'GET' | 'POST', path: string, description: string): Operation =>
  operation({
    name,
    method,
    path: `/resource_requests${path}`,
    needs: signedIn('there is nothing in it'),
    writes: false,
    description,
    ...(method === 'GET' ? { query: Type.Object({}, { additionalProperties: true }) } : { input: Type.Object({}, { additionalProperties: true }) }),
    run: async () => {
      throw new Unavailable('Resource pools are not part of this server, nor of the genuine open one: steps take the resources that their orchestrator gives them');
    },
  });

export const resourceRequests: readonly Operation[] = [
  none('list_resource_requests', 'GET', '', 'Requests for resources: there are no pools.'),
  none('get_resource_request', 'GET', '/{resource_request_id}', 'One request for resources: there are no pools.'),
  none('renew_resource_request', 'POST', '/{resource_request_id}/renew', 'Renew a request for resources: there are no pools.'),
  none('release_resource_request', 'POST', '/{resource_request_id}/release', 'Give resources back: there are no pools.'),
];
