import { readFile, stat } from 'node:fs/promises'
import { parentPort } from 'node:worker_threads'
import { err, ok } from '@/domain/result'
import { decodeGraph } from '@/domain/roads/graphCodec'
import { answerQuestion } from './answerQuestion'
import type { FromRoads, RoadChange, ToRoads, WorldRoads } from './threadMessages'
import { CityRoads, WorldRoadsNow } from './worldRoads'

/** Entry of the roads thread: holds the graphs of the cities that were asked for, and answers one question after the other. */
const cities = new Map<string, { readonly stamp: string; readonly roads: CityRoads }>()
const worlds = new Map<number, WorldRoadsNow>()
const changes = new Map<number, RoadChange[]>()
let last = Promise.resolve()

function receive(message: ToRoads): void {
  if (message.kind === 'ask') {
    last = last.then(() => answer(message))
    return
  }
  const { world, change } = message
  // What a source says replaces what it said before.
  const kept = (changes.get(world) ?? []).filter(({ source }) => source !== change.source)
  changes.set(world, change.kind === 'close' ? [...kept, change] : kept)
  last = last.then(() => worlds.get(world)?.apply(change))
}

async function answer({ id, on, question }: Extract<ToRoads, { kind: 'ask' }>): Promise<void> {
  const reply = (result: FromRoads['result']): void => {
    parentPort?.postMessage({ id, result } satisfies FromRoads)
  }
  try {
    reply(ok(JSON.stringify(answerQuestion(await open(on), question))))
  } catch (cause) {
    reply(err(cause instanceof Error ? cause.message : String(cause)))
  }
}

/** The World's roads on the graph that lies at the path now: a city that was imported again is read again. */
async function open({ world, path }: WorldRoads): Promise<WorldRoadsNow> {
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
  for (const change of changes.get(world) ?? []) roads.apply(change)
  worlds.set(world, roads)
  return roads
}

parentPort?.on('message', receive)
