import type { AskProposal, UnitNeed, UnitProposal } from '@/domain/api/proposals'
import type { Track } from '@/domain/catalogue'
import type { PictureStore } from '@/domain/fold/picture'
import type { Incident } from '@/domain/incident/incident'
import type { EpochMillis } from '@/domain/time'
import type { World } from '@/domain/world'
import { InvalidInput, NotFound } from '@/platform/errors'
import type { Asker } from '../roads/waitingQuestions'
import type { Roads } from '../roads/roads'
import { assignUnits } from './assignUnits'
import { travelTimes } from './travelTimes'

/** What a proposal is made of. `committed`: the task of each unit that has one. `now` in the World's clock. */
export interface ProposalGround {
  readonly world: World
  readonly picture: PictureStore
  readonly tracks: readonly Track[]
  readonly committed: ReadonlyMap<string, string>
  readonly now: EpochMillis
  readonly roads: Pick<Roads, 'ask'>
  readonly asker: Asker
}

interface Unit {
  readonly key: string
  readonly name: string
  readonly at: readonly [number, number]
}

type Rejected = UnitProposal['rejected'][number]
/** The roads take a thousand places at once. */
const MOST_UNITS = 1000

/**
 * Who goes where: of all free units whose place is known the ones whose travel times, over the roads with their closures,
 * have the least sum; and of each other one why not. @throws NotFound, InvalidInput, TooManyTries, Unavailable
 */
export async function proposeUnits(ground: ProposalGround, { needs }: AskProposal): Promise<UnitProposal> {
  const places = needs.map((need) => placeOf(ground.picture, need))
  const { free, rejected } = sortUnits(ground)
  const usable = free.filter(({ key }) => needs.some((need) => isOfKind(need, key))).slice(0, MOST_UNITS)
  if (usable.length === 0) return { by: 'roads', chosen: [], rejected, unmet: sumOf(needs) }
  const sources = usable.map(({ at }): [number, number] => [at[0], at[1]])
  const { by, seconds } = await travelTimes(ground.roads, ground, { sources, targets: places })
  const slots = needs.flatMap((need, n) => Array.from({ length: need.count }, () => ({ need, n })))
  const cost = slots.map(({ need, n }) =>
    usable.map(({ key }, u) => (isOfKind(need, key) ? (seconds[u]?.[n] ?? null) : null)),
  )
  const found = assignUnits(cost)
  const chosen = found.flatMap((u, slot): UnitProposal['chosen'] => {
    const unit = u === undefined ? undefined : usable[u]
    const { need, n } = slots[slot]!
    if (unit === undefined) return []
    const took = Math.round(seconds[u!]?.[n] ?? 0)
    const [longitude, latitude] = unit.at
    return [{ incident: need.incident, unit: unit.key, name: unit.name, seconds: took, longitude, latitude }]
  })
  const taken = new Set(chosen.map(({ unit }) => unit))
  const others = usable.flatMap(({ key, name }, u): Rejected[] => {
    if (taken.has(key)) return []
    const best = Math.min(...needs.flatMap((need, n) => (isOfKind(need, key) ? (seconds[u]?.[n] ?? []) : [])))
    return [
      Number.isFinite(best)
        ? { unit: key, name, why: 'farther', seconds: Math.round(best) }
        : { unit: key, name, why: 'noWay' },
    ]
  })
  chosen.sort((a, b) => a.seconds - b.seconds)
  others.sort((a, b) => (a.seconds ?? Number.POSITIVE_INFINITY) - (b.seconds ?? Number.POSITIVE_INFINITY))
  return { by, chosen, rejected: [...others, ...rejected], unmet: slots.length - chosen.length }
}

/** Kind is what the key of a unit begins with: `pump-3` is a `pump`. */
const isOfKind = ({ kind }: UnitNeed, key: string): boolean =>
  kind === undefined || key === kind || key.startsWith(`${kind}-`)

const sumOf = (needs: readonly UnitNeed[]): number => needs.reduce((sum, { count }) => sum + count, 0)

function placeOf({ incidents }: PictureStore, need: UnitNeed): [number, number] {
  const incident: Incident | undefined = incidents.get(need.incident)
  if (incident === undefined) throw new NotFound('incident.unknown', { id: need.incident })
  const { longitude, latitude } = incident.place
  if (longitude === undefined || latitude === undefined) throw new InvalidInput('incident.noPoint', { no: incident.no })
  return [longitude, latitude]
}

/** Units with a fresh position and no task, and why the others are none of these. */
function sortUnits({ picture, tracks, committed, now }: ProposalGround): { free: Unit[]; rejected: Rejected[] } {
  const free: Unit[] = []
  const rejected: Rejected[] = []
  const { movers } = picture
  for (const { no, key, name: names, subjectKind, staleAfterSeconds } of tracks) {
    if (subjectKind !== 'vehicle' && subjectKind !== 'team') continue
    const name = names['zh-CN']
    const task = committed.get(key)
    const heardAt = no < movers.length ? movers.phenomenonTime[no]! : Number.NaN
    if (task !== undefined) rejected.push({ unit: key, name, why: 'committed', task })
    else if (!(now - heardAt <= staleAfterSeconds * 1000)) rejected.push({ unit: key, name, why: 'stale' })
    else free.push({ key, name, at: [movers.longitude[no]!, movers.latitude[no]!] })
  }
  return { free, rejected }
}
