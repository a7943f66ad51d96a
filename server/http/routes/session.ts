import type { FastifyReply } from 'fastify'
import { ChangePassword, SessionView, SignIn } from '@/domain/api/session'
import { changePassword } from '@/server/access/changePassword'
import { signIn } from '@/server/access/signIn'
import { SESSION_COOKIE, setCookie } from '../cookies'
import { SESSION_COOKIE_SECONDS, cookiesAreSecure } from '../pageGate'
import type { HttpParts } from '../parts'
import { defineRoute } from '../route'
import type { Route } from '../route'

const PATH = '/api/session'

export function sessionRoutes({ access, guard }: HttpParts): Route[] {
  const putCookie = (reply: FastifyReply, token: string, maxAge: number) =>
    setCookie(reply.raw, SESSION_COOKIE, token, { secure: cookiesAreSecure(guard), httpOnly: true, maxAge })

  return [
    defineRoute({
      method: 'GET',
      path: PATH,
      action: 'session.read',
      summary: 'Who is signed in.',
      answer: SessionView,
      handle: ({ caller }) => ({ actor: caller.actor, mustChangePassword: caller.mustChangePassword }),
    }),
    defineRoute({
      method: 'POST',
      path: PATH,
      action: 'session.open',
      summary: 'Sign in with account and password; sets the session cookie.',
      body: SignIn,
      answer: SessionView,
      async handle({ body, caller, reply }) {
        const token = await signIn(access, body)
        if (caller.token !== undefined) await access.sessions.close(caller.token)
        const session = await access.sessions.of(token)
        putCookie(reply, token, SESSION_COOKIE_SECONDS)
        return { actor: session?.actor ?? null, mustChangePassword: session?.mustChangePassword ?? false }
      },
    }),
    defineRoute({
      method: 'DELETE',
      path: PATH,
      action: 'session.close',
      summary: 'Sign out; deletes the session and its cookie.',
      async handle({ caller, reply }) {
        if (caller.token !== undefined) await access.sessions.close(caller.token)
        putCookie(reply, '', 0)
        return undefined
      },
    }),
    defineRoute({
      method: 'PUT',
      path: `${PATH}/password`,
      action: 'password.change',
      summary: 'Change the own password; every other session of the account ends.',
      body: ChangePassword,
      async handle({ body, caller }) {
        const { actor, token } = caller
        if (actor !== null && token !== undefined) await changePassword(access, { id: actor.id, token }, body)
        return undefined
      },
    }),
  ]
}
