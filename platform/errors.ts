/** What fills the blanks of a message; the screen makes the sentence from code and arguments. */
export type ErrorArgs = Readonly<Record<string, string | number | boolean | undefined>>

/** An error that knows its code and whether trying the same thing again can help. */
export abstract class AppError extends Error {
  abstract readonly retry: boolean
  /** Dotted key of app/messages, such as `incident.cannotVerify`. */
  readonly code: string
  readonly args: ErrorArgs

  constructor(code: string, args: ErrorArgs = {}, options: ErrorOptions = {}) {
    super(sentence(code, args), options)
    this.code = code
    this.args = args
    this.name = new.target.name
  }
}

/** The thing is no longer in the state that the request assumed. */
export class Conflict extends AppError {
  readonly retry = false
}

/** There is no such thing, or the actor may not know that there is. */
export class NotFound extends AppError {
  readonly retry = false
}

/** The actor is known and may not. */
export class Forbidden extends AppError {
  readonly retry = false
}

/** The request breaks its schema or a rule of the domain. */
export class InvalidInput extends AppError {
  readonly retry = false
}

/** A store, a queue or a part of Belfry does not answer now; the same request may succeed later. */
export class Unavailable extends AppError {
  readonly retry = true
}

function sentence(code: string, args: ErrorArgs): string {
  const blanks = Object.entries(args).map(([name, value]) => `${name}=${String(value)}`)
  return blanks.length === 0 ? code : `${code} (${blanks.join(', ')})`
}
