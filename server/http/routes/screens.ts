import { z } from 'zod'
import { PairingAsked, PairingConfirmed, ScreenList } from '@/domain/api/session'
import { Uuid } from '@/domain/ids'
import { askPairing, confirmPairing, listScreens, revokeScreen } from '@/server/access/screens'
import { SESSION_COOKIE, setCookie } from '../cookies'
import { SESSION_COOKIE_SECONDS, cookiesAreSecure } from '../pageGate'
import type { HttpParts } from '../parts'
import { defineRoute } from '../route'
import type { Route } from '../route'

export function screenRoutes({ access, guard }: HttpParts): Route[] {
  return [
    defineRoute({
      method: 'POST',
      path: '/api/screens',
      action: 'screens.ask',
      summary: 'A screen asks to be paired; its cookie becomes a session when an administrator confirms the code.',
      answer: PairingAsked,
      async handle({ reply }) {
        const { asked, token } = await askPairing(access)
        const options = { secure: cookiesAreSecure(guard), httpOnly: true, maxAge: SESSION_COOKIE_SECONDS }
        setCookie(reply.raw, SESSION_COOKIE, token, options)
        return asked
      },
    }),
    defineRoute({
      method: 'POST',
      path: '/api/screens/confirm',
      action: 'screens.confirm',
      summary: 'Confirm the code that a screen shows and give the screen its name.',
      body: PairingConfirmed,
      answer: z.object({ id: Uuid }),
      handle: async ({ body, caller }) => ({ id: await confirmPairing(access, caller.actor?.id ?? '', body) }),
    }),
    defineRoute({
      method: 'GET',
      path: '/api/screens',
      action: 'screens.read',
      summary: 'Paired screens.',
      answer: ScreenList,
      handle: async () => ({ screens: await listScreens(access) }),
    }),
    defineRoute({
      method: 'DELETE',
      path: '/api/screens/:screen',
      action: 'screens.revoke',
      summary: 'End the pairing of a screen; its sockets are cut.',
      async handle({ params, caller }) {
        await revokeScreen(access, caller.actor?.id ?? '', Uuid.parse(params['screen']))
        return undefined
      },
    }),
  ]
}
