import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { z } from 'zod'
import { hostFacts } from '@/platform/env'

const run = promisify(execFile)
const Trip = z.object({ trip: z.object({ summary: z.object({ length: z.number() }) }) })
const BUILD_LIMIT_MS = 300_000

interface Actor {
  route(query: object): Promise<unknown>
}
interface Package {
  readonly Actor: { fromConfigFile(path: string): Promise<Actor> }
  readonly getConfig: (options: { tileDir: string }) => Promise<Config>
}
interface Config {
  readonly mjolnir: Record<string, unknown>
  readonly service_limits: Record<string, unknown>
}

/** Longitude and latitude, degrees. */
export type Place = readonly [number, number]

export interface Rules {
  readonly closed: readonly Place[]
  readonly turns: 'obeyed' | 'ignored'
}

/** Another router on the same extract, to compare with: an oracle of this bench, never a dependency. */
export class Valhalla {
  readonly #actor: Actor

  private constructor(actor: Actor) {
    this.#actor = actor
  }

  /** Builds its tiles from an extract into `folder`; `home` is the folder of an installed @valhallajs/valhallajs. */
  static async build(home: string, pbf: string, folder: string): Promise<Valhalla> {
    const { Actor, getConfig } = (await import(pathToFileURL(join(home, 'index.mjs')).href)) as Package
    const config = await getConfig({ tileDir: join(folder, 'tiles') })
    delete config.mjolnir['tile_extract']
    config.mjolnir['concurrency'] = 1
    config.service_limits['max_exclude_locations'] = 2000
    // Without pruning its answer is the shortest way and not a good one.
    config.service_limits['max_distance_disable_hierarchy_culling'] = 1_000_000
    const file = join(folder, 'config.json')
    await writeFile(file, JSON.stringify(config))
    const tool = join(home, 'linux', hostFacts().arch, 'valhalla_build_tiles')
    // It leaves lists of what it doubted in the folder where it runs.
    await run(tool, ['-c', file, resolve(pbf)], { cwd: folder, maxBuffer: 64 * 1024 * 1024, timeout: BUILD_LIMIT_MS })
    return new Valhalla(await Actor.fromConfigFile(file))
  }

  /**
   * Metres of the shortest way for a car that avoids the roads at `closed`, with or without forbidden turns;
   * `undefined` where it finds none.
   */
  async shortest(from: Place, to: Place, { closed, turns }: Rules): Promise<number | undefined> {
    const place = ([lon, lat]: Place): object => ({ lon, lat })
    try {
      const answer = await this.#actor.route({
        locations: [place(from), place(to)],
        costing: 'auto',
        costing_options: {
          auto: { shortest: true, disable_hierarchy_pruning: true, ignore_restrictions: turns === 'ignored' },
        },
        exclude_locations: closed.map(place),
        directions_type: 'none',
        units: 'kilometers',
      })
      return Trip.parse(answer).trip.summary.length * 1000
    } catch (cause) {
      if (cause instanceof z.ZodError) throw cause
      return undefined
    }
  }
}
