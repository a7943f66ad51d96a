import type { Datastream } from '@/domain/catalogue'
import type { WorldNo } from '@/domain/ids'
import { qualityFlags } from '@/domain/quality'
import { epochMillis, toIso } from '@/domain/time'
import type { ClickHouse } from '@/platform/clickhouse/clickhouse'
import { InvalidInput, NotFound } from '@/platform/errors'
import { type Entities, type Entity, SETS, SINGLE } from './entities'
import { compared, evaluate } from './evaluate'
import { type ObservationRow, countObservations, observations } from './observations'
import type { Options } from './options'

export interface Service {
  readonly entities: Entities
  readonly clickhouse: ClickHouse
  readonly world: WorldNo
  /** Only what was known by then, epoch ms of the World. */
  readonly knownTime: number
  /** Address of the service, without a slash at its end. */
  readonly root: string
  /** Told of every stream whose Observations are given away. */
  readonly onUse: (streams: readonly Datastream[]) => void
}

type Json = Record<string, unknown>

/** What a path leads to before its options are applied. */
type Target =
  | { readonly kind: 'entity'; readonly entity: Entity }
  | { readonly kind: 'list'; readonly entities: readonly Entity[]; readonly address: string }
  | { readonly kind: 'observations'; readonly streams: readonly Datastream[]; readonly address: string }
  | { readonly kind: 'property'; readonly name: string; readonly value: unknown; readonly raw: boolean }

/** Answers one path of the service, such as `Things('a')/Datastreams`. @throws NotFound, InvalidInput */
export async function answerPath(service: Service, path: string, options: Options): Promise<unknown> {
  if (path === '') return { value: [...SETS, 'Observations'].map((name) => ({ name, url: `${service.root}/${name}` })) }
  const target = targetOf(service, path)
  switch (target.kind) {
    case 'entity':
      return shown(service, target.entity, options)
    case 'property':
      return target.raw ? target.value : { [target.name]: target.value }
    case 'list':
      return page(service, target, options)
    case 'observations':
      return observationPage(service, target, options)
  }
}

const STEP = /^([A-Za-z]+)(?:\((?:'((?:[^']|'')*)'|(-?\d+))\))?$/

function targetOf(service: Service, path: string): Target {
  let at: Target | undefined
  let address = service.root
  for (const step of path.split('/')) {
    address += `/${step}`
    if (at !== undefined && at.kind !== 'entity') at = rawOf(at, step)
    else at = nextTarget(service, at?.entity, { ...stepOf(step), address })
  }
  return at ?? refuse('the path is empty')
}

/** Behind a property only its bare value can be asked for. */
function rawOf(at: Target, step: string): Target {
  return at.kind === 'property' && step === '$value' ? { ...at, raw: true } : refuse(`there is nothing under ${step}`)
}

function stepOf(step: string): Pick<Step, 'name' | 'id'> {
  const [, name = '', quoted, digits] = STEP.exec(step) ?? refuse(`there is no ${step}`)
  return { name, id: quoted?.replaceAll("''", "'") ?? (digits === undefined ? undefined : Number(digits)) }
}

interface Step {
  readonly name: string
  readonly id: string | number | undefined
  readonly address: string
}

function nextTarget({ entities }: Service, from: Entity | undefined, { name, id, address }: Step): Target {
  if (name === 'Observations') {
    const streams =
      from === undefined ? entities.all('Datastreams').flatMap((one) => one.streams?.() ?? []) : from.streams?.()
    return { kind: 'observations', streams: streams ?? refuse('it has no Observations'), address }
  }
  if (from === undefined) {
    const set = SETS.find((one) => one === name) ?? refuse(`there is no set ${name}`)
    if (id === undefined) return { kind: 'list', entities: entities.all(set), address }
    return { kind: 'entity', entity: entities.one(set, id) ?? refuse(`there is no ${set}(${id})`) }
  }
  const link = from.links[name]
  if (link === undefined) return propertyOf(from, name)
  const found = link()
  if (Array.isArray(found)) return listOrOne(found as readonly Entity[], { name, id, address })
  return { kind: 'entity', entity: (found as Entity | undefined) ?? refuse(`it has no ${name}`) }
}

function listOrOne(entities: readonly Entity[], { id, address, name }: Step): Target {
  if (id === undefined) return { kind: 'list', entities, address }
  return { kind: 'entity', entity: entities.find((one) => one.id === id) ?? refuse(`there is no ${name}(${id})`) }
}

function propertyOf({ own }: Entity, name: string): Target {
  if (!(name in own)) refuse(`it has no ${name}`)
  return { kind: 'property', name, value: own[name], raw: false }
}

const refuse = (detail: string): never => {
  throw new NotFound('sensorThings.notThere', { detail })
}

async function page(
  service: Service,
  { entities, address }: Target & { kind: 'list' },
  options: Options,
): Promise<Json> {
  const { filter, orderBy, top, skip, count } = options
  const kept = filter === undefined ? [...entities] : entities.filter((one) => evaluate(filter, lookupOf(one)) === true)
  const rank = (a: Entity, b: Entity): number => {
    for (const { by, down } of orderBy) {
      const order = compared(evaluate(by, lookupOf(a)), evaluate(by, lookupOf(b))) ?? 0
      if (order !== 0) return down ? -order : order
    }
    return 0
  }
  const sorted = orderBy.length === 0 ? kept : kept.toSorted(rank)
  const value = await Promise.all(sorted.slice(skip, skip + top).map((one) => shown(service, one, options)))
  return {
    ...(count ? { '@iot.count': kept.length } : {}),
    ...(kept.length > skip + top ? { '@iot.nextLink': nextLink(address, options) } : {}),
    value,
  }
}

const nextLink = (address: string, { top, skip, asked }: Options): string =>
  `${address}?$top=${top}&$skip=${skip + top}${asked === '' ? '' : `&${asked}`}`

async function observationPage(
  service: Service,
  { streams, address }: Target & { kind: 'observations' },
  options: Options,
): Promise<Json> {
  const { clickhouse, world, knownTime, onUse } = service
  const question = { world, streams: streams.map(({ no }) => no), knownTime }
  const [rows, total] = await Promise.all([
    observations(clickhouse, { ...question, options: { ...options, top: options.top + 1 } }),
    options.count ? countObservations(clickhouse, { ...question, options }) : undefined,
  ])
  onUse(streams)
  const shownRows = rows.slice(0, options.top).map((row) => observationEntity(service, row))
  const value = await Promise.all(shownRows.map((entity) => shown(service, entity, options)))
  return {
    ...(total === undefined ? {} : { '@iot.count': total }),
    ...(rows.length > options.top ? { '@iot.nextLink': nextLink(address, options) } : {}),
    value,
  }
}

function observationEntity({ entities }: Service, { stream: no, time, value, known, quality }: ObservationRow): Entity {
  const stream = entities.streamByNo(no)
  const at = toIso(epochMillis(time))
  const flags = qualityFlags(quality)
  return {
    set: 'Observations',
    id: `${no}/${time}`,
    own: {
      ...{ phenomenonTime: at, resultTime: at, result: value },
      resultQuality: flags.length === 0 ? 'good' : flags.join(' '),
      parameters: { knownTime: toIso(epochMillis(known)) },
    },
    links: {
      Datastream: () => (stream === undefined ? undefined : entities.stream(stream)),
      FeatureOfInterest: () => (stream === undefined ? undefined : entities.featureOf(stream)),
    },
  }
}

/** Value of a path in an entity: its own, inside its own, or along its navigation. */
const lookupOf =
  (entity: Entity) =>
  (path: readonly string[]): unknown => {
    const [first = '', ...rest] = path
    if (first === 'id' || first === '@iot.id') return entity.id
    const link = entity.links[first]
    if (link === undefined) return inside(entity.own[first], rest)
    const found = link()
    const list: readonly Entity[] = Array.isArray(found)
      ? (found as Entity[])
      : found === undefined
        ? []
        : [found as Entity]
    // Of several the first whose value is there: enough for eq on a list of one, as 1.1 has it.
    return list.map((one) => lookupOf(one)(rest)).find((value) => value !== undefined)
  }

function inside(value: unknown, path: readonly string[]): unknown {
  let at = value
  for (const step of path) at = typeof at === 'object' && at !== null ? (at as Json)[step] : undefined
  return at
}

async function shown(service: Service, entity: Entity, { select, expand }: Options): Promise<Json> {
  const id = typeof entity.id === 'number' ? String(entity.id) : `'${entity.id.replaceAll("'", "''")}'`
  const self = `${service.root}/${entity.set}(${id})`
  const expanded = new Map(expand.map((one) => [one.name, one.options]))
  const out: Json = { '@iot.id': entity.id, '@iot.selfLink': self }
  for (const [name, value] of Object.entries(entity.own)) if (select?.includes(name) !== false) out[name] = value
  const names = [...Object.keys(entity.links), ...(entity.streams === undefined ? [] : ['Observations'])]
  for (const name of names) {
    const options = expanded.get(name)
    if (options === undefined) {
      if (select === undefined) out[`${name}@iot.navigationLink`] = `${self}/${name}`
    } else await expandInto(out, service, { entity, name, self, options })
  }
  const unknown = [...expanded.keys()].find((name) => !names.includes(name))
  if (unknown !== undefined)
    throw new InvalidInput('sensorThings.badQuery', { detail: `${entity.set} has no ${unknown}` })
  return out
}

interface Expanding {
  readonly entity: Entity
  readonly name: string
  readonly self: string
  readonly options: Options
}

async function expandInto(out: Json, service: Service, { entity, name, self, options }: Expanding): Promise<void> {
  const address = `${self}/${name}`
  const found = entity.links[name]?.()
  if (name in SINGLE) {
    out[name] = found === undefined ? null : await shown(service, found as Entity, options)
    return
  }
  const list =
    name === 'Observations'
      ? await observationPage(service, { kind: 'observations', streams: entity.streams?.() ?? [], address }, options)
      : await page(service, { kind: 'list', entities: (found ?? []) as readonly Entity[], address }, options)
  out[name] = list['value']
  for (const mark of ['count', 'nextLink'])
    if (`@iot.${mark}` in list) out[`${name}@iot.${mark}`] = list[`@iot.${mark}`]
}
