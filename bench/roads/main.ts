import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildRoadGraph } from '@/domain/roads/buildRoadGraph'
import type { RoadGraph } from '@/domain/roads/roadGraph'
import { childEnv, readEnv } from '@/platform/env'
import { readCity } from '@/workers/city/import/readCity'
import { runBench } from '../report'
import type { BenchContext, BenchResult, Figure } from '../report'
import { compare } from './compare'
import { CLOSURES, closedRoads, roadFigures } from './roadFigures'
import { Valhalla } from './valhalla'

const ANDORRA = ['city-andorra-osm-dem', 'andorra-20260404.osm.pbf'] as const
/**
 * Of the ways of pairs that both find. The two differ in who may use tracks and what a barrier stops; docs/roads.md has
 * the share that was measured.
 */
const LEAST_ALIKE = 0.75
const COMPARISONS = [
  { name: 'Turns', closures: 0, turns: 'obeyed' },
  { name: 'Open', closures: 0, turns: 'ignored' },
  { name: 'Closed', closures: CLOSURES, turns: 'obeyed' },
] as const

/**
 * The road graph of Andorra with 1 000 closures. BELFRY_DATA holds the extract, BELFRY_VALHALLA names the folder of an
 * installed @valhallajs/valhallajs, if the lengths of shortest ways are to be compared with it.
 */
await runBench('roads', async (context) => {
  const pbf = join(readEnv().BELFRY_DATA, ...ANDORRA)
  context.say(`reading ${pbf}`)
  const city = await readCity({ out: 'bench', osm: [pbf] })
  const { graph } = buildRoadGraph(city.roads, city.turns)
  const figures: Record<string, Figure> = roadFigures(graph)
  const home = childEnv({})['BELFRY_VALHALLA']
  if (home === undefined) {
    context.say('no BELFRY_VALHALLA: nothing to compare with')
    return { figures, ratios: {} }
  }
  return besideOracle(context, { home, pbf, graph, figures })
})

interface Oracle {
  readonly home: string
  readonly pbf: string
  readonly graph: RoadGraph
  readonly figures: Record<string, Figure>
}

async function besideOracle({ say }: BenchContext, { home, pbf, graph, figures }: Oracle): Promise<BenchResult> {
  const folder = await mkdtemp(join(tmpdir(), 'belfry-valhalla-'))
  try {
    say('Valhalla builds its tiles')
    const oracle = await Valhalla.build(home, pbf, folder)
    const ratios: Record<string, number> = {}
    const failures: string[] = []
    for (const { name, closures, turns } of COMPARISONS) {
      say(`comparing 200 pairs with ${closures} closures, forbidden turns ${turns}`)
      const found = await compare(oracle, { graph, turns, ...closedRoads(graph, closures) })
      for (const [key, figure] of Object.entries(found)) figures[`${key}${name}`] = figure
      const alike = found['pairsWithin2Percent']!.value
      ratios[`alikeValhalla${name}`] = alike
      if (alike < LEAST_ALIKE) failures.push(`${alike} of the ways are as long as Valhalla's within 2 %.`)
    }
    return { figures, ratios, failures }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
