import { AppError } from '@/platform/errors'

/** Nobody is signed in, or the password is wrong: HTTP 401. */
export class NotSignedIn extends AppError {
  readonly retry = false
}

/** Too many tries; `args.retryAfterSeconds` says how long to wait: HTTP 429. */
export class TooManyTries extends AppError {
  readonly retry = true
}
