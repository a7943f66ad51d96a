import { z } from 'zod'

/** `GET /api/worlds/:world/warnings?knownTime=`: warnings in force at a moment of the World, as they were known then. */
export const WarningsQuery = z.object({ knownTime: z.coerce.number().optional() })

export const WarningColour = z.enum(['red', 'orange', 'yellow', 'blue'])
export type WarningColour = z.infer<typeof WarningColour>

/** One warning in force. Times in epoch ms of the World; one without an end holds until it is lifted. */
export const WarningView = z.object({
  report: z.string(),
  feed: z.number(),
  sender: z.string(),
  identifier: z.string(),
  issuer: z.string(),
  event: z.string(),
  colour: WarningColour.optional(),
  headline: z.string(),
  area: z.string(),
  sentAt: z.number(),
  expiresAt: z.number().optional(),
  longitude: z.number().optional(),
  latitude: z.number().optional(),
  /** Entered by a person who was told of it. */
  byHand: z.boolean(),
})
export type WarningView = z.infer<typeof WarningView>

/** The newest first. */
export const WarningsView = z.object({ knownTime: z.number(), warnings: z.array(WarningView) })
export type WarningsView = z.infer<typeof WarningsView>

const Told = z.string().trim().min(1).max(200)

/**
 * `POST /api/worlds/:world/entries/warnings`: a warning that a person was told, in twenty seconds. `replaces` is the
 * identifier of the one that it updates or lifts; `sentAt` and `expiresAt` in epoch ms of the World.
 */
export const EnterWarning = z.object({
  event: Told,
  colour: WarningColour,
  area: Told,
  issuer: Told,
  sentAt: z.number().optional(),
  expiresAt: z.number().optional(),
  msgType: z.enum(['Alert', 'Update', 'Cancel']).default('Alert'),
  replaces: z.string().max(200).optional(),
})
export type EnterWarning = z.infer<typeof EnterWarning>

/** `POST /api/worlds/:world/entries/figures`: a quantity that somebody reported, with who said so. */
export const EnterFigure = z.object({
  quantity: Told,
  place: Told,
  value: z.number(),
  unit: z.string().trim().max(20),
  reporter: Told,
  at: z.number().optional(),
  longitude: z.number().min(-180).max(180).optional(),
  latitude: z.number().min(-90).max(90).optional(),
})
export type EnterFigure = z.infer<typeof EnterFigure>

export const Entered = z.object({ key: z.string(), accepted: z.number() })
