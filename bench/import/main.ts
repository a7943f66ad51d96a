import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildRoadGraph } from '@/domain/roads/buildRoadGraph'
import { readEnv } from '@/platform/env'
import { readCity } from '@/workers/city/import/readCity'
import { runBench } from '../report'
import type { BenchContext, BenchResult, Figure } from '../report'
import { roadFigures } from '../roads/roadFigures'
import { runCityCommand } from './cityCommand'
import type { CommandCost } from './cityCommand'

const ANDORRA = { pbf: 'andorra-20260404.osm.pbf', dem: 'N42E001.hgt.zip' }
/** The aims of the issue: whole command, from two files to a package. */
const SLOWEST_SECONDS = 60
const LARGEST_MB = 2000

/**
 * What a city costs: Andorra imported and 临江 built by the command that a person gives, and routing on Andorra's graph
 * with 1 000 closures. `npm run bench -- roads` compares the ways themselves with another router. BELFRY_DATA holds the extract.
 */
await runBench('import', async (context) => {
  const folder = await mkdtemp(join(tmpdir(), 'belfry-bench-import-'))
  try {
    return await measure(context, folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})

async function measure({ quick, say }: BenchContext, folder: string): Promise<BenchResult> {
  const data = join(readEnv().BELFRY_DATA, 'city-andorra-osm-dem')
  const osm = join(data, ANDORRA.pbf)
  const words = ['import', '--osm', osm, '--dem', join(data, ANDORRA.dem), '--out', 'andorra']
  say('importing Andorra')
  const andorra = await runCityCommand(words, join(folder, 'first'))
  const failures = aims(andorra)
  if (!quick) {
    say('importing Andorra again')
    const again = await runCityCommand(words, join(folder, 'second'))
    if (again.digest !== andorra.digest) failures.push('A second import of Andorra gave other bytes.')
  }
  say('building 临江')
  const linjiang = await runCityCommand(['build', 'linjiang'], join(folder, 'first'))
  say('routing on the graph of Andorra with 1 000 closures')
  const city = await readCity({ out: 'bench', osm: [osm] })
  const { graph } = buildRoadGraph(city.roads, city.turns)
  return {
    figures: { ...costs('andorra', andorra), ...costs('linjiang', linjiang), ...roadFigures(graph) },
    ratios: {},
    failures,
  }
}

function aims({ seconds, peakMB }: CommandCost): string[] {
  return [
    ...(seconds > SLOWEST_SECONDS ? [`Andorra took ${seconds.toFixed(1)} s; ${SLOWEST_SECONDS} s is the aim.`] : []),
    ...(peakMB > LARGEST_MB ? [`Andorra took ${peakMB.toFixed(0)} MB; ${LARGEST_MB} MB is the aim.`] : []),
  ]
}

function costs(city: string, { seconds, cpuSeconds, peakMB }: CommandCost): Record<string, Figure> {
  return {
    [`${city}Seconds`]: { value: seconds, unit: 's', n: 1 },
    [`${city}CpuSeconds`]: { value: cpuSeconds, unit: 's', n: 1 },
    [`${city}PeakMB`]: { value: peakMB, unit: 'MB', n: 1 },
  }
}
