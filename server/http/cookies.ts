import type { IncomingMessage, ServerResponse } from 'node:http'

export const SESSION_COOKIE = 'belfry_session'
export const LOCALE_COOKIE = 'belfry_locale'

/** The value of one cookie, or undefined. */
export function readCookie(request: IncomingMessage, name: string): string | undefined {
  for (const part of (request.headers.cookie ?? '').split(';')) {
    const equals = part.indexOf('=')
    if (equals > 0 && part.slice(0, equals).trim() === name) return part.slice(equals + 1).trim()
  }
  return undefined
}

export interface CookieOptions {
  /** Only over https; the plain port of a LAN would lose the cookie else. */
  readonly secure: boolean
  /** Hidden from scripts. */
  readonly httpOnly: boolean
  /** Seconds; 0 deletes it. */
  readonly maxAge: number
}

/** Adds a cookie for the whole site, sent with navigation from elsewhere but with no foreign request (SameSite=Lax). */
export function setCookie(response: ServerResponse, name: string, value: string, options: CookieOptions): void {
  const words = [`${name}=${value}`, 'Path=/', `Max-Age=${options.maxAge}`, 'SameSite=Lax']
  if (options.httpOnly) words.push('HttpOnly')
  if (options.secure) words.push('Secure')
  response.appendHeader('set-cookie', words.join('; '))
}
