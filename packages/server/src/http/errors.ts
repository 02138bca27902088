// The one table that maps what can go wrong to the wire (wire.md 4).
import { Conflict, Invalid, NotAllowed, NotFound, Refused, SignInNeeded, Unavailable, ZendoError } from '../kernel/errors.ts';

export interface WireError {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;
}

const LONGEST = 2_000;
/** What was sent comes back in some messages; not all of it, however long it was. */
const brief = (message: string): string => (message.length <= LONGEST ? message : `${message.slice(0, LONGEST).toWellFormed()}…`);

const coded = (status: number, name: string, error: Error, extra: object = {}, headers: Readonly<Record<string, string>> = {}): WireError => ({
  status,
  body: { detail: [name, brief(error.message)], ...extra },
  headers,
});

const fieldsOf = (error: Invalid): object => {
  const told = Object.entries(error.fields).filter(([path, message]) => path.length + message.length <= LONGEST);
  return told.length === 0 ? {} : { fields: Object.fromEntries(told.slice(0, 50)) };
};

/** The answer to an error; null for one that is nobody's fault but ours. */
export const toWire = (error: unknown): WireError | null => {
  if (error instanceof Invalid) return coded(422, 'ValueError', error, fieldsOf(error));
  if (error instanceof Refused) return coded(400, 'ValueError', error);
  if (error instanceof SignInNeeded) {
    // Without this header the client does not take a plain 401 for a reason to log in again (wire.md 3.2).
    const headers = { 'www-authenticate': 'Bearer' };
    return error.message === 'Not authenticated' ? { status: 401, body: { detail: error.message }, headers } : coded(401, 'CredentialsNotValid', error, {}, headers);
  }
  if (error instanceof NotAllowed) return coded(403, 'IllegalOperationError', error, error.needs === null ? {} : { needs: error.needs });
  if (error instanceof NotFound) return coded(404, 'KeyError', error);
  if (error instanceof Conflict) return error.may_force ? coded(500, 'RuntimeError', error) : coded(409, 'EntityExistsError', error);
  if (error instanceof Unavailable) {
    const headers = error.retry_after === null ? {} : { 'retry-after': String(error.retry_after) };
    return error.status === 501 ? coded(501, 'NotImplementedError', error) : { status: error.status, body: { detail: error.message }, headers };
  }
  if (error instanceof ZendoError) return coded(500, 'RuntimeError', error);
  return fromFastify(error as { code?: string; statusCode?: number; message?: string });
};

/** What failed before any route was found: the framework's own answers in the wire's form. */
export const outsideRoutes = (error: { code?: string; statusCode?: number }): WireError => {
  const status = error.code === 'FST_ERR_MAX_PARAM_LENGTH' ? 414 : error.code === 'HPE_HEADER_OVERFLOW' ? 431 : error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : 400;
  const words: Readonly<Record<number, string>> = {
    400: 'The request is malformed',
    408: 'The request took too long to arrive',
    414: 'The address is too long',
    431: 'The headers are too large',
  };
  return { status, body: { detail: words[status] }, headers: {} };
};

const fromFastify = (error: { code?: string; statusCode?: number; message?: string }): WireError | null => {
  const text = (status: number, detail: string): WireError => ({ status, body: { detail }, headers: {} });
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') return text(413, 'The body is too large; ZENDO_BODY_LIMIT sets how large it may be');
  if (error.code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return text(415, 'Send JSON (content-type: application/json)');
  if (error.code === 'FST_ERR_CTP_INVALID_CONTENT_LENGTH' || error.statusCode === 400) return text(400, 'The request is malformed');
  return error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500 ? text(error.statusCode, error.message ?? 'Bad request') : null;
};
