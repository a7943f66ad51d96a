import { z } from 'zod'
import { Alarm } from '../alarm'
import { Decision } from '../decision/decision'
import { FeedHealth } from '../feedHealth'
import { CHANNELS } from '../fold/delta'
import { Incident } from '../incident/incident'
import { Activation } from '../plan/activation'
import { Report } from '../report'
import { Task } from '../task/task'

const Numbers = z.array(z.number())
const MaybeNumbers = z.array(z.number().nullable())

/** Latest values as columns of equal length; `state` is RowState, times in epoch ms of the World. */
export const ReadingsView = z.object({
  channel: z.literal('readings'),
  stream: Numbers,
  value: Numbers,
  phenomenonTime: Numbers,
  knownTime: Numbers,
  quality: Numbers,
  state: Numbers,
  silentSince: Numbers,
  epoch: Numbers,
  offset: Numbers,
})
export type ReadingsView = z.infer<typeof ReadingsView>

/** Latest positions as columns of equal length; degrees in CGCS2000, m/s, degrees from north; null is unknown. */
export const MoversView = z.object({
  channel: z.literal('movers'),
  track: Numbers,
  longitude: Numbers,
  latitude: Numbers,
  speed: MaybeNumbers,
  heading: MaybeNumbers,
  phenomenonTime: Numbers,
  knownTime: Numbers,
  quality: Numbers,
  epoch: Numbers,
  offset: Numbers,
})
export type MoversView = z.infer<typeof MoversView>

/** One channel of the picture for programs that do not fold deltas. */
export const ChannelView = z.discriminatedUnion('channel', [
  ReadingsView,
  MoversView,
  z.object({ channel: z.literal('reports'), reports: z.array(Report) }),
  z.object({ channel: z.literal('alarms'), alarms: z.array(Alarm) }),
  z.object({ channel: z.literal('feeds'), feeds: z.array(FeedHealth) }),
  z.object({ channel: z.literal('incidents'), incidents: z.array(Incident) }),
  z.object({ channel: z.literal('tasks'), tasks: z.array(Task) }),
  z.object({ channel: z.literal('activations'), activations: z.array(Activation) }),
  z.object({ channel: z.literal('decisions'), decisions: z.array(Decision) }),
])
export type ChannelView = z.infer<typeof ChannelView>

/** `GET /api/worlds/:world/keyframe?channel=`. */
export const KeyframeQuery = z.object({ channel: z.enum(CHANNELS).default('readings') })
export type KeyframeQuery = z.infer<typeof KeyframeQuery>

/** The whole channel at number `seq` of `epoch`; `at` is machine time. */
export const KeyframeView = z.object({
  world: z.string(),
  epoch: z.number().int(),
  seq: z.number().int(),
  at: z.number(),
  catalogueVersion: z.number().int(),
  body: ChannelView,
})
export type KeyframeView = z.infer<typeof KeyframeView>

/** `GET /api/worlds/:world/picture?knownTime=`: what Belfry knew at that moment of the World's clock. */
export const PictureQuery = z.object({ knownTime: z.coerce.number() })
export type PictureQuery = z.infer<typeof PictureQuery>

/** `hash` is the pictureHash of what the channels say: two answers with one hash are the same picture. */
export const PictureView = z.object({
  world: z.string(),
  knownTime: z.number(),
  hash: z.string(),
  channels: z.array(ChannelView),
})
export type PictureView = z.infer<typeof PictureView>
