import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AccessContext } from '../access/accessContext'
import { openLoopbackScreen } from '../access/screens'
import type { Session } from '../access/sessions'
import { LOCALE_COOKIE, SESSION_COOKIE, readCookie, setCookie } from './cookies'
import { isOwnMachine } from './guard'
import type { GuardOptions } from './guard'

const YEAR_SECONDS = 365 * 24 * 3600
/** A screen's cookie outlives its page; the session behind it has its own end. */
export const SESSION_COOKIE_SECONDS = 400 * 24 * 3600
const LOCALES = ['zh-CN', 'en'] as const

export interface PageGate {
  readonly access: AccessContext
  readonly guard: GuardOptions
}

export const cookiesAreSecure = ({ publicOrigin }: GuardOptions): boolean => publicOrigin?.startsWith('https:') ?? false

/**
 * Before a page: its language, a session for a screen on the machine itself, and the way to the sign-in.
 * Returns where to go instead, or undefined when the page may be shown.
 */
export async function beforePage(
  request: IncomingMessage,
  response: ServerResponse,
  gate: PageGate,
): Promise<string | undefined> {
  const url = new URL(request.url ?? '/', 'http://belfry')
  chooseLocale(request, response, { asked: url.searchParams.get('lang'), secure: cookiesAreSecure(gate.guard) })
  const session = (await sessionOf(request, gate.access)) ?? (await ownScreen(request, response, gate))
  return detour(url, session)
}

async function sessionOf(request: IncomingMessage, access: AccessContext): Promise<Session | undefined> {
  const token = readCookie(request, SESSION_COOKIE)
  return token === undefined ? undefined : access.sessions.of(token)
}

async function ownScreen(
  request: IncomingMessage,
  response: ServerResponse,
  { access, guard }: PageGate,
): Promise<Session | undefined> {
  if (!isOwnMachine(request, guard)) return undefined
  const token = await openLoopbackScreen(access)
  const options = { secure: cookiesAreSecure(guard), httpOnly: true, maxAge: SESSION_COOKIE_SECONDS }
  setCookie(response, SESSION_COOKIE, token, options)
  return access.sessions.of(token)
}

/** A wall without a session shows its pairing code, so `/wall` has no detour. */
export function detour(url: URL, session: Session | undefined): string | undefined {
  const person = session?.actor.kind === 'person'
  if (url.pathname === '/login') {
    return person && !session.mustChangePassword ? ownPath(url.searchParams.get('next')) : undefined
  }
  if (person && session.mustChangePassword) return '/login'
  return session === undefined && url.pathname === '/' ? '/login?next=%2F' : undefined
}

/** Only a path of this site: a link to the sign-in must not lead elsewhere. */
function ownPath(next: string | null): string {
  if (next === null || !/^\/(?![/\\])[\w/?=&.%-]*$/.test(next)) return '/'
  return next
}

interface LocaleChoice {
  readonly asked: string | null
  readonly secure: boolean
}

function chooseLocale(request: IncomingMessage, response: ServerResponse, { asked, secure }: LocaleChoice): void {
  const held = readCookie(request, LOCALE_COOKIE)
  const wanted = LOCALES.find((locale) => locale === asked)
  if (wanted === undefined && held !== undefined) return
  const locale = wanted ?? preferred(request.headers['accept-language'] ?? '')
  if (locale !== held) setCookie(response, LOCALE_COOKIE, locale, { secure, httpOnly: false, maxAge: YEAR_SECONDS })
}

/** The first language that we have; Chinese where the browser names neither. */
function preferred(accepted: string): (typeof LOCALES)[number] {
  for (const part of accepted.toLowerCase().split(',')) {
    if (part.trim().startsWith('zh')) return 'zh-CN'
    if (part.trim().startsWith('en')) return 'en'
  }
  return 'zh-CN'
}
