import { z } from 'zod'
import { Role } from './accounts'

/** Who acts: a person with an account, a paired screen, a feed with its key, or Belfry itself. */
export const Actor = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('person'),
    id: z.string(),
    name: z.string(),
    roles: z.array(Role),
    /** Code of the department that the person answers for. */
    department: z.string().optional(),
  }),
  z.object({ kind: z.literal('screen'), id: z.string(), name: z.string() }),
  z.object({ kind: z.literal('feed'), id: z.string(), name: z.string() }),
  z.object({ kind: z.literal('system'), id: z.string(), name: z.string() }),
])
export type Actor = z.infer<typeof Actor>

/** `POST /api/session`. */
export const SignIn = z.object({ account: z.string().min(1).max(80), password: z.string().min(1).max(200) })
export type SignIn = z.infer<typeof SignIn>

/** `GET /api/session`: the actor behind the cookie; `mustChangePassword` after a one-time password. */
export const SessionView = z.object({ actor: Actor.nullable(), mustChangePassword: z.boolean() })
export type SessionView = z.infer<typeof SessionView>

/** `PUT /api/session/password`. */
export const ChangePassword = z.object({ current: z.string().min(1).max(200), next: z.string().min(12).max(200) })
export type ChangePassword = z.infer<typeof ChangePassword>

/** `POST /api/screens`: a screen without rights asks to be paired and shows the code; an administrator confirms it. */
export const PairingAsked = z.object({ code: z.string(), expiresAt: z.number() })
export type PairingAsked = z.infer<typeof PairingAsked>
export const PairingConfirmed = z.object({ code: z.string().min(6).max(12), name: z.string().min(1).max(80) })
export type PairingConfirmed = z.infer<typeof PairingConfirmed>

/** `GET /api/screens`: paired screens that were not revoked; times in epoch ms. */
export const ScreenList = z.object({
  screens: z.array(z.object({ id: z.string(), name: z.string(), pairedBy: z.string(), pairedAt: z.number() })),
})
export type ScreenList = z.infer<typeof ScreenList>
