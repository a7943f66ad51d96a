import { readFile, stat } from 'node:fs/promises'
import { setImmediate as othersFirst } from 'node:timers/promises'
import { parentPort } from 'node:worker_threads'
import { err, ok } from '@/domain/result'
import { decodeGraph } from '@/domain/roads/graphCodec'
import type { RoadReadings } from '@/domain/roads/roadReadings'
import { answerLarge } from './answerLarge'
import { answerQuestion } from './answerQuestion'
import { isLarge } from './threadMessages'
import type { FromRoads, LargeQuestion, RoadChange, ToRoads, Unmatched, WorldRoads } from './threadMessages'
import { CityRoads, WorldRoadsNow } from './worldRoads'

type Asked = Extract<ToRoads, { kind: 'ask' }>

/**
 * Entry of the roads thread: holds the graphs of the cities that were asked for. Changes and questions of one search are
 * taken in the order in which they came; of the large questions one is at work, and between two of its steps the others go.
 */
const cities = new Map<string, { readonly stamp: string; readonly roads: CityRoads }>()
const worlds = new Map<number, WorldRoadsNow>()
const changes = new Map<number, RoadChange[]>()
const readings = new Map<number, RoadReadings>()
/** Questions that somebody waits for. */
const wanted = new Set<number>()
let last: Promise<unknown> = Promise.resolve()
let lastLarge: Promise<unknown> = Promise.resolve()

function receive(message: ToRoads): void {
  switch (message.kind) {
    case 'cancel':
      wanted.delete(message.id)
      return
    case 'change':
      keep(message)
      return
    case 'readings':
      readings.set(message.world, message.said)
      void inTurn(() => worlds.get(message.world)?.measure(message.said))
      return
    case 'check':
      wanted.add(message.id)
      void reply(message.id, () => inTurn(async () => check(message)))
      return
    case 'ask':
      wanted.add(message.id)
      take(message)
  }
}

function take({ id, on, question }: Asked): void {
  if (!isLarge(question)) {
    void reply(id, () => inTurn(async () => (wanted.has(id) ? answerQuestion(await roadsOf(on), question) : undefined)))
    return
  }
  lastLarge = lastLarge.then(() => reply(id, () => stepByStep(id, on, question)))
}

/** What a source says replaces what it said before. */
function keep({ world, change }: Extract<ToRoads, { kind: 'change' }>): void {
  const kept = (changes.get(world) ?? []).filter(({ source }) => source !== change.source)
  changes.set(world, change.kind === 'close' ? [...kept, change] : kept)
  void inTurn(() => {
    const roads = worlds.get(world)
    if (roads !== undefined) apply(world, roads, change)
  })
}

async function check({ on, source }: Extract<ToRoads, { kind: 'check' }>): Promise<Unmatched> {
  const roads = await roadsOf(on)
  return roads.unmatchedOf(source)
}

async function inTurn<Value>(work: () => Promise<Value> | Value): Promise<Value> {
  const done = last.then(work)
  last = done.catch(() => undefined)
  return done
}

async function stepByStep(id: number, on: WorldRoads, question: LargeQuestion): Promise<unknown> {
  if (!wanted.has(id)) return undefined
  const roads = await inTurn(async () => roadsOf(on))
  const steps = answerLarge(roads, question)
  let step = steps.next()
  while (step.done !== true) {
    await othersFirst()
    if (!wanted.has(id)) return undefined
    step = steps.next()
  }
  return step.value
}

async function reply(id: number, answer: () => Promise<unknown>): Promise<void> {
  let result: Extract<FromRoads, { kind: 'answer' }>['result']
  try {
    const value = await answer()
    if (!wanted.has(id)) return
    result = ok(JSON.stringify(value))
  } catch (cause) {
    result = err(cause instanceof Error ? cause.message : String(cause))
  }
  if (wanted.delete(id)) parentPort?.postMessage({ kind: 'answer', id, result } satisfies FromRoads)
}

/** The World's roads on the graph that lies at the path now: a city that was imported again is read again. */
async function roadsOf({ world, path }: WorldRoads): Promise<WorldRoadsNow> {
  const { mtimeMs, size } = await stat(path)
  const stamp = `${mtimeMs}/${size}`
  let city = cities.get(path)
  if (city?.stamp !== stamp) {
    city = { stamp, roads: new CityRoads(decodeGraph(await readFile(path))) }
    cities.set(path, city)
  }
  const known = worlds.get(world)
  if (known?.city === city.roads) return known
  const roads = new WorldRoadsNow(city.roads)
  for (const change of changes.get(world) ?? []) apply(world, roads, change)
  const said = readings.get(world)
  if (said !== undefined) roads.measure(said)
  worlds.set(world, roads)
  return roads
}

function apply(world: number, roads: WorldRoadsNow, change: RoadChange): void {
  const unmatched = roads.apply(change)
  if (unmatched.codes.length + unmatched.places.length === 0) return
  parentPort?.postMessage({ kind: 'unmatched', world, source: change.source, unmatched } satisfies FromRoads)
}

parentPort?.on('message', receive)
