import { randomUUID } from 'node:crypto'
import type { Track } from '@/domain/catalogue'
import { PictureStore } from '@/domain/fold/picture'
import { restorePosition } from '@/domain/fold/restore'
import type { Incident } from '@/domain/incident/incident'
import { seeded } from '@/domain/numeric/seeded'
import { systemClock } from '@/platform/clock'
import { NotFound } from '@/platform/errors'
import { proposeUnits } from '@/server/dispatch/proposeUnits'
import type { ProposalGround } from '@/server/dispatch/proposeUnits'

const PLACES = 200
const UNITS = 500

/** Milliseconds of one proposal of 500 units for 200 places by straight lines: assignment and reasons, no roads. */
export async function timeProposal(): Promise<number> {
  const chance = seeded(11)
  const now = systemClock.now()
  const picture = new PictureStore()
  const place = () => ({ longitude: 114.2 + chance.next() * 0.3, latitude: 30.5 + chance.next() * 0.2 })
  const tracks = Array.from({ length: UNITS }, (_, no) => {
    const row = { speed: 0, heading: 0, quality: 0, epoch: 1, offset: no, knownTime: now, phenomenonTime: now }
    restorePosition(picture, { ...row, no, ...place() })
    const name = { 'zh-CN': `u-${no}`, en: `u-${no}` }
    return { no, key: `u-${no}`, name, subjectKind: 'vehicle', staleAfterSeconds: 3600 } as unknown as Track
  })
  const needs = Array.from({ length: PLACES }, (_, no) => {
    const incident = randomUUID()
    const held = { id: incident, no, state: 'reported', place: { text: 'x', ...place() } }
    picture.incidents.set(incident, held as unknown as Incident)
    return { incident, count: 1 }
  })
  const roads = { ask: () => Promise.reject(new NotFound('roads.none')) }
  const world = { key: 'bench' } as ProposalGround['world']
  const ground = { world, picture, tracks, committed: new Map(), now, roads, asker: { caller: 'bench' } }
  const began = performance.now()
  const { chosen, rejected, unmet } = await proposeUnits(ground, { needs })
  const took = performance.now() - began
  if (chosen.length !== PLACES || rejected.length !== UNITS - PLACES || unmet !== 0) {
    throw new Error(`A proposal of ${chosen.length} units, ${rejected.length} rejected, ${unmet} unmet.`)
  }
  return took
}
