// Knows: the ways in which a request can fail. Must not know: HTTP, the wire's class names (http/errors.ts maps them).

/** What every refusal carries: a message that says what was wrong and what to do. */
export abstract class ZendoError extends Error {
  abstract readonly kind: 'invalid' | 'refused' | 'sign_in' | 'not_allowed' | 'not_found' | 'conflict' | 'unavailable';
}

/** The input has the wrong form (422 on the wire). */
export class Invalid extends ZendoError {
  readonly kind = 'invalid';
  /** What is wrong with which part of the input, by its path (`configuration.path`), where that is known: for forms. */
  readonly fields: Readonly<Record<string, string>>;
  constructor(message: string, fields: Readonly<Record<string, string>> = {}) {
    super(message);
    this.fields = fields;
  }
}

/** The input is well formed, but cannot be carried out as asked (400 on the wire). */
export class Refused extends ZendoError {
  readonly kind = 'refused';
}

/** Nobody is signed in, or the credential is no longer good (401 on the wire). */
export class SignInNeeded extends ZendoError {
  readonly kind = 'sign_in';
}

/** The caller may see the thing but not do this, or its state forbids it (403 on the wire). */
export class NotAllowed extends ZendoError {
  readonly kind = 'not_allowed';
  /** The permission that is missing, such as `stack:update`; null where the state of the thing is the reason. */
  readonly needs: string | null;
  constructor(message: string, needs: string | null = null) {
    super(message);
    this.needs = needs;
  }
}

/** Missing, or not readable by the caller: both look the same (404 on the wire). */
export class NotFound extends ZendoError {
  readonly kind = 'not_found';
}

/** Something with this identity is there already (409 on the wire). */
export class Conflict extends ZendoError {
  readonly kind = 'conflict';
  /** True where the caller may have it anyway by saying so (500 on the wire: clients ask the person and come back). */
  readonly may_force: boolean;
  constructor(message: string, { may_force = false }: { may_force?: boolean } = {}) {
    super(message);
    this.may_force = may_force;
  }
}

/** The server cannot do this, or not now: 501 never, 429 too often, 503 too busy. */
export class Unavailable extends ZendoError {
  readonly kind = 'unavailable';
  readonly status: 429 | 501 | 503;
  readonly retry_after: number | null;
  constructor(message: string, status: 429 | 501 | 503 = 501, retry_after: number | null = null) {
    super(message);
    this.status = status;
    this.retry_after = retry_after;
  }
}
