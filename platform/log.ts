import { pino } from 'pino'
import type { DestinationStream, Logger } from 'pino'

/** Structured log: JSON lines on stdout. `traceId` follows one message from intake to presentation. */
export type Log = Logger

/** Never written, wherever they appear down to the third level: secrets and what names a person. */
const PRIVATE = [
  'authorization',
  'cookie',
  'set-cookie',
  'password',
  'secret',
  'token',
  'apiKey',
  'feedKey',
  'phone',
  'email',
  'idNumber',
  'personName',
  'fullName',
  'callerName',
  'address',
]
const REDACTED = PRIVATE.flatMap((name) => {
  const key = name.includes('-') ? `["${name}"]` : `.${name}`
  return [key.replace(/^\./, ''), `*${key}`, `*.*${key}`]
})

export interface LogOptions {
  readonly level?: string
  /** Where lines go; stdout when not given. */
  readonly destination?: DestinationStream
}

/** A log whose every line names its component. Make children for parts: `log.child({ part, traceId })`. */
export function createLog(component: string, options: LogOptions = {}): Log {
  const settings = {
    level: options.level ?? 'info',
    base: { component },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: { paths: REDACTED, censor: '[private]' },
  }
  // Written at once: an asynchronous stream hangs in exit when the reader of the pipe is dead.
  return pino(settings, options.destination ?? pino.destination({ fd: 1, sync: true }))
}

/** The same log with the trace id of one message on every line. */
export const traced = (log: Log, traceId: string): Log => log.child({ traceId })
