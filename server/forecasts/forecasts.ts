import { createHash } from 'node:crypto'
import { canonicalJson } from '@/domain/fold/canonicalJson'
import type { FloodRequest, RainAssumption } from '@/domain/flood/forecast'
import { FloodResult } from '@/domain/flood/forecast'
import type { ModelRun, Modifier } from '@/domain/runs/modelRun'
import { standingOf } from '@/domain/runs/verification'
import type { ForecastScore, Standing } from '@/domain/runs/verification'
import { hasProduct, isInFlight } from '@/domain/runs/runState'
import { epochMillis, minutes } from '@/domain/time'
import { cityOf } from '@/domain/world'
import type { World } from '@/domain/world'
import type { BlobStore } from '@/platform/blobs/blobStore'
import { uuidv7 } from '@/platform/clock'
import type { Clock } from '@/platform/clock'
import { Conflict, NotFound } from '@/platform/errors'
import type { Log } from '@/platform/log'
import type { Postgres } from '@/platform/postgres/postgres'
import { codeDigest } from '@/platform/runs/codeDigest'
import { addRun, runById, runsOfWorld } from '@/platform/runs/runRows'
import type { HeldRun } from '@/platform/runs/runRows'
import type { CatalogueStore } from '../catalogue/catalogueStore'
import type { CityShelf } from '../cities/cityShelf'
import { floodRequest } from './floodRequest'
import { modifiersInForce } from './modifierRows'
import { newestScores } from './scoreRows'
import type { SampleMemory } from './sampleMemory'

export const FLOOD = 'flood'
/** What a result of the flood model is computed by. */
const SOURCES = ['workers/models/flood', 'workers/models/interpolation', 'workers/runs/flood', 'domain/flood']
/** A forecast must be there this long after it was asked for. */
const DEADLINE_MS = 120_000
const LISTED = 40

export interface ForecastParts {
  readonly postgres: Postgres
  readonly catalogue: CatalogueStore
  readonly cities: CityShelf
  readonly blobs: BlobStore
  readonly clock: Clock
  readonly log: Log
  readonly memory: SampleMemory
}

/** Who asks for a run, and with what in it. */
export interface AskForRun {
  readonly kind: ModelRun['kind']
  readonly author: string
  readonly trigger?: string
  /** Instead of those in force: a what-if brings its own. */
  readonly modifiers?: readonly Modifier[]
  readonly assumption?: RainAssumption | undefined
}

/** Runs of the flood model of all Worlds: asked for, listed, moved. The state of a run is in PostgreSQL alone. */
export class Forecasts {
  readonly #parts: ForecastParts
  #code: Promise<string> | undefined

  constructor(parts: ForecastParts) {
    this.#parts = parts
  }

  async runs(world: World): Promise<HeldRun[]> {
    return runsOfWorld(this.#parts.postgres, { world: world.no, model: FLOOD, limit: LISTED })
  }

  async modifiers(world: World): Promise<Modifier[]> {
    const { postgres, catalogue } = this.#parts
    const rows = await modifiersInForce(postgres, { world: world.no, model: FLOOD, now: catalogue.worldTime(world.no) })
    return rows.map(({ body }) => body)
  }

  /** Scored forecasts, newest first, and what follows for the model. */
  async verified(world: World): Promise<{ scores: ForecastScore[]; standing: Standing }> {
    const { postgres, catalogue } = this.#parts
    const rows = await newestScores(postgres, { world: world.no, model: FLOOD, limit: LISTED })
    const scores = rows.map(({ body }) => body)
    return { scores, standing: standingOf(scores, catalogue.worldTime(world.no)) }
  }

  /** @throws NotFound */
  async run(world: World, id: string): Promise<HeldRun> {
    const [held] = await runById(this.#parts.postgres, { id })
    if (held === undefined || held.world !== world.no) throw new NotFound('forecast.unknown', { id })
    return held
  }

  /** The product of a run. @throws NotFound when it has none */
  async result(run: ModelRun): Promise<FloodResult> {
    if (run.result === undefined || !hasProduct(run.state)) throw new NotFound('forecast.noResult', { id: run.id })
    return FloodResult.parse(JSON.parse((await this.#parts.blobs.get(run.result)).toString('utf8')))
  }

  /** A frame of a product as it was packed. @throws NotFound */
  async frame(run: ModelRun, number: number): Promise<Buffer> {
    const frame = (await this.result(run)).frames[number]
    if (frame === undefined) throw new NotFound('forecast.noFrame', { id: run.id, number })
    return this.#parts.blobs.get(frame.blob)
  }

  /** Asks for a run on what is known now. @throws NotFound without a city, Conflict when it was asked already */
  async ask(world: World, ask: AskForRun): Promise<ModelRun> {
    const { catalogue, cities, memory } = this.#parts
    const city = await cities.find(cityOf(world))
    if (city === undefined) throw new NotFound('forecast.noCity', { world: world.key })
    const modifiers = ask.modifiers ?? (await this.modifiers(world))
    const { request, inputs } = floodRequest({
      ...{ world, memory, city, modifiers, assumption: ask.assumption },
      catalogue: catalogue.catalogue(world.no),
      code: await this.#codeDigest(),
      now: catalogue.worldTime(world.no),
    })
    return this.#add(world, request, { ...ask, inputs, modifiers })
  }

  /** The same request once more: the same bytes must come. @throws Conflict */
  async repeat(world: World, held: HeldRun, author: string): Promise<ModelRun> {
    const { inputs, modifiers, id, rung } = held.run
    if (rung === undefined || rung === 'rule') throw new Conflict('forecast.cannotRepeat', { id })
    const request = JSON.parse((await this.#parts.blobs.get(held.run.request)).toString('utf8')) as FloodRequest
    return this.#add(world, request, { kind: 'whatIf', author, inputs, modifiers, repeats: id, onlyRung: rung })
  }

  async #add(
    world: World,
    request: FloodRequest,
    ask: Omit<AskForRun, 'modifiers'> &
      Pick<ModelRun, 'inputs' | 'repeats' | 'onlyRung'> & { readonly modifiers: readonly Modifier[] },
  ): Promise<ModelRun> {
    const { postgres, blobs, clock } = this.#parts
    const bytes = Buffer.from(canonicalJson(request))
    const digest = createHash('sha256').update(bytes).digest('hex')
    const known = await this.runs(world)
    const earlier = known.filter((held) => held.digest === digest).map(({ run: one }) => one)
    if (ask.repeats === undefined && earlier.some(isAnswer)) throw new Conflict('forecast.asked')
    const before = ask.kind === 'official' ? stillValid(known, request.issueTime) : undefined
    const run: ModelRun = {
      id: uuidv7(clock),
      model: FLOOD,
      version: request.version,
      kind: ask.kind,
      state: 'due',
      notice: before === undefined ? 'NEW' : 'UPDATED',
      author: ask.author,
      ...(ask.trigger === undefined ? {} : { trigger: ask.trigger }),
      ...(ask.repeats === undefined ? {} : { repeats: ask.repeats }),
      ...(ask.onlyRung === undefined ? {} : { onlyRung: ask.onlyRung }),
      ...(before === undefined ? {} : { supersedes: before.id }),
      issueTime: request.issueTime,
      validTo: epochMillis(request.issueTime + minutes(request.horizonMinutes)),
      askedAt: clock.now(),
      deadline: epochMillis(clock.now() + DEADLINE_MS),
      progress: 0,
      inputs: ask.inputs,
      modifiers: [...ask.modifiers],
      quality: [],
      request: await blobs.put(bytes),
    }
    if (!(await addRun(postgres, { world: world.no, digest, attempt: earlier.length, run })))
      throw new Conflict('forecast.asked')
    return run
  }

  #codeDigest(): Promise<string> {
    this.#code ??= codeDigest(SOURCES)
    return this.#code
  }
}

/** The official product that a new one takes the place of. */
function stillValid(known: readonly HeldRun[], issueTime: number): ModelRun | undefined {
  const last = known.find(({ run }) => run.kind === 'official' && hasProduct(run.state))?.run
  return last !== undefined && last.validTo > issueTime ? last : undefined
}

/** The same question has its answer, or will have: what a rule ended, failed or was cancelled may be asked again. */
const isAnswer = ({ state, rung }: ModelRun): boolean => isInFlight(state) || (hasProduct(state) && rung !== 'rule')
