import { EnterFigure, EnterWarning, Entered, WarningsQuery, WarningsView } from '@/domain/api/warnings'
import { epochMillis, toIso } from '@/domain/time'
import type { World } from '@/domain/world'
import { uuidv7 } from '@/platform/clock'
import { NotFound } from '@/platform/errors'
import { type ManualKind, manualFeed } from '@/server/catalogue/manualFeeds'
import { warningsAsOf } from '@/server/history/warningsAsOf'
import type { Caller } from '../caller'
import type { HttpParts } from '../parts'
import { pushByHand } from '../pushByHand'
import { defineRoute } from '../route'
import type { Asked, Route } from '../route'
import { worldIn } from './worlds'

const COLOURS = { red: '红色', orange: '橙色', yellow: '黄色', blue: '蓝色' } as const

/** Warnings in force, and what people enter by hand: warnings and figures, each a feed of its own. */
export function warningRoutes(parts: HttpParts): Route[] {
  return [
    defineRoute({
      method: 'GET',
      path: '/api/worlds/:world/warnings',
      action: 'history.read',
      summary: 'Warnings in force at a moment of the World as known then: Updates, Cancels and ends are honoured.',
      query: WarningsQuery,
      answer: WarningsView,
      async handle({ params, query }) {
        const { no } = worldIn(parts, params)
        const knownTime = query.knownTime ?? parts.catalogue.worldTime(no)
        return { knownTime, warnings: await warningsAsOf(parts.clickhouse, no, knownTime) }
      },
    }),
    defineRoute({
      method: 'POST',
      path: '/api/worlds/:world/entries/warnings',
      action: 'records.enter',
      summary: 'Enter a warning that was told by telephone; it holds like a received one, marked as entered by hand.',
      body: EnterWarning,
      answer: Entered,
      handle: (asked) => enterWarning(parts, asked),
    }),
    defineRoute({
      method: 'POST',
      path: '/api/worlds/:world/entries/figures',
      action: 'records.enter',
      summary: 'Enter a figure that somebody reported: quantity, place, time and who said so.',
      body: EnterFigure,
      answer: Entered,
      handle: async (asked) => {
        const world = worldIn(parts, asked.params)
        const { at, ...told } = asked.body
        const sent = isoOf(at ?? parts.catalogue.worldTime(world.no))
        const identifier = uuidv7(parts.clock)
        const row = { ...told, ...byHand(asked.caller), identifier, sent }
        return { key: identifier, accepted: await enter(parts, world, { kind: 'figures', row, asked }) }
      },
    }),
  ]
}

async function enterWarning(parts: HttpParts, asked: Asked<unknown, EnterWarning>) {
  const world = worldIn(parts, asked.params)
  const { event, colour, area, issuer, msgType, replaces, sentAt, expiresAt } = asked.body
  const now = parts.catalogue.worldTime(world.no)
  const sent = isoOf(sentAt ?? now)
  const identifier = `M${uuidv7(parts.clock)}`
  const replaced = replaces === undefined ? undefined : await inForce(parts, world, { identifier: replaces, now })
  const headline = `${issuer}${msgType === 'Cancel' ? '解除' : '发布'}${event}${COLOURS[colour]}预警`
  const row = {
    ...{ sender: SENDER, identifier, sent, msgType, event, colour, headline, title: headline },
    ...{ areaDesc: area, senderName: issuer, ...byHand(asked.caller) },
    ...(expiresAt === undefined ? {} : { expires: isoOf(expiresAt) }),
    ...(replaced === undefined ? {} : { references: replaced }),
  }
  return { key: identifier, accepted: await enter(parts, world, { kind: 'warnings', row, asked }) }
}

const SENDER = 'manual'
const isoOf = (at: number): string => toIso(epochMillis(Math.floor(at)))
const byHand = ({ actor }: Caller) => ({ byHand: 1, enteredBy: actor?.name ?? '' })

/** How CAP refers to a warning that holds. @throws NotFound when none of that name does */
async function inForce(parts: HttpParts, { no }: World, asked: { identifier: string; now: number }): Promise<string> {
  const held = await warningsAsOf(parts.clickhouse, no, asked.now)
  const found = held.find(({ identifier }) => identifier === asked.identifier)
  if (found === undefined) throw new NotFound('warning.notInForce', { identifier: asked.identifier })
  return `${found.sender},${found.identifier},${isoOf(found.sentAt)}`
}

interface Entry {
  readonly kind: ManualKind
  readonly row: object
  readonly asked: Pick<Asked<unknown, unknown>, 'caller' | 'request'>
}

/** Durable when this resolves; what is entered goes the way of every record. */
async function enter(parts: HttpParts, world: World, { kind, row, asked }: Entry): Promise<number> {
  const actor = `person:${asked.caller.actor?.id ?? ''}`
  const feed = await manualFeed(parts.catalogue, world, { kind, actor })
  const receipt = await pushByHand(parts, asked.request, { feed, text: JSON.stringify(row), form: 'rows' })
  return receipt.accepted
}
