/** What the server said no with. `kind` is the wire's class name, `needs` the missing permission of a 403. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly kind: string;
  readonly needs: string | undefined;
  readonly requestId: string | undefined;
  readonly method: string;
  readonly path: string;

  constructor(fault: Fault) {
    super(fault.message);
    this.status = fault.status;
    this.kind = fault.kind;
    this.needs = fault.needs;
    this.requestId = fault.requestId;
    this.method = fault.method;
    this.path = fault.path;
  }
}

export type Fault = {
  readonly status: number;
  readonly kind: string;
  readonly message: string;
  readonly needs: string | undefined;
  readonly requestId: string | undefined;
  readonly method: string;
  readonly path: string;
};

/** Nobody answered at this address: refused, timed out, unknown host, bad certificate. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';
  readonly url: string;

  constructor(url: string, why: string, cause?: unknown) {
    super(`cannot reach ${url}: ${why}`, { cause });
    this.url = url;
  }
}

/** Somebody answered, but not a server that speaks this interface. */
export class BadAnswer extends Error {
  override readonly name = 'BadAnswer';
}

const text = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

// Four shapes are on the wire: {detail: [class, message]}, {detail: text}, a bare [class, message] and the OAuth object.
const read = (body: unknown): { kind: string; message: string; needs?: string } => {
  const pair = (list: readonly unknown[]) =>
    list.length > 1
      ? { kind: text(list[0]), message: list.slice(1).map(text).join(': ') }
      : { kind: '', message: list.map(text).join('') };
  if (Array.isArray(body)) return pair(body);
  if (typeof body !== 'object' || body === null) return { kind: '', message: body ? text(body) : '' };
  const { detail, error, error_description, needs } = body as Record<string, unknown>;
  const found = Array.isArray(detail)
    ? pair(detail)
    : typeof detail === 'string'
      ? { kind: '', message: detail }
      : typeof error === 'string'
        ? { kind: error, message: typeof error_description === 'string' ? error_description : error }
        : { kind: '', message: text(detail ?? body) };
  return typeof needs === 'string' ? { ...found, needs } : found;
};

/** Makes the error of an answer with status 400 or more out of its parsed body, or of its text where it is no JSON. */
export const toApiError = (from: Pick<Fault, 'status' | 'requestId' | 'method' | 'path'>, body: unknown): ApiError => {
  const { kind, message, needs } = read(body);
  return new ApiError({ ...from, kind, needs, message: message || `the server answered ${from.status}` });
};
