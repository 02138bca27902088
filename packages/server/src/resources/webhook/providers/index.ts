import { clickup } from './clickup.ts';
import { github } from './github.ts';
import { header, signedBy, type Provider } from './provider.ts';
import { slack } from './slack.ts';

/** Whoever can sign a JSON text. */
const custom: Provider = {
  doubt: signedBy('x-zenml-signature-256', 'sha256='),
  read: (payload, headers) => ({ event: { event_type: header(headers, 'x-zenml-event'), delivery_id: headers['x-zenml-delivery'] ?? null, payload }, status: 202 }),
  targets: {},
  all: true,
  meaning: () => null,
};

/** The kinds of webhook, by the word that stands in the address. */
export const providers: Readonly<Record<string, Provider>> = { custom, github, clickup, slack };
