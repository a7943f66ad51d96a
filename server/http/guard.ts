import type { IncomingMessage } from 'node:http'
import { isIP } from 'node:net'

export interface GuardOptions {
  /** What the server is bound to. */
  readonly host: string
  /** `https://belfry.example`: the one name under which others may know this server. */
  readonly publicOrigin?: string | undefined
}

export type Refusal = 'http.hostRefused' | 'http.originRefused'

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS'])
const LOOPBACK_NAMES = new Set(['localhost', '127.0.0.1', '[::1]', '::1'])
const FORWARDED = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via'] as const

export const isLoopbackName = (host: string): boolean => LOOPBACK_NAMES.has(host)

/**
 * Refuses a request whose Host a stranger's DNS could have chosen, and an unsafe request or a socket that a foreign
 * page sent. Programs send no Origin and carry no cookie of a browser.
 */
export function refusalOf(request: IncomingMessage, options: GuardOptions, isSocket = false): Refusal | undefined {
  if (!hostAllowed(request, options)) return 'http.hostRefused'
  if (!isSocket && SAFE_METHODS.has(request.method ?? 'GET')) return undefined
  return originAllowed(request, options) ? undefined : 'http.originRefused'
}

function hostAllowed(request: IncomingMessage, options: GuardOptions): boolean {
  const name = hostName(request.headers.host)
  if (name === undefined) return false
  if (isLoopbackName(name) || name === options.host) return true
  if (options.publicOrigin !== undefined && new URL(options.publicOrigin).hostname === name) return true
  // An address cannot be rebound by DNS, but it is only ours when we are bound wider than loopback.
  return !isLoopbackName(options.host) && isIP(name.replace(/^\[|\]$/g, '')) !== 0
}

function originAllowed(request: IncomingMessage, options: GuardOptions): boolean {
  const { origin } = request.headers
  if (origin === undefined) {
    const site = request.headers['sec-fetch-site']
    return site === undefined || site === 'same-origin' || site === 'none'
  }
  if (options.publicOrigin !== undefined && origin === new URL(options.publicOrigin).origin) return true
  return URL.canParse(origin) && new URL(origin).host === request.headers.host
}

function hostName(host: string | undefined): string | undefined {
  const url = `http://${host ?? ''}`
  return host !== undefined && URL.canParse(url) ? new URL(url).hostname : undefined
}

/** Did this request come from this machine itself, asked for by a loopback name, with no proxy between? */
export function isOwnMachine(request: IncomingMessage, options: GuardOptions): boolean {
  if (!isLoopbackName(options.host)) return false
  const remote = request.socket.remoteAddress ?? ''
  const local = remote === '127.0.0.1' || remote === '::1' || remote === '::ffff:127.0.0.1'
  const name = hostName(request.headers.host)
  return (
    local && name !== undefined && isLoopbackName(name) && FORWARDED.every((key) => request.headers[key] === undefined)
  )
}
