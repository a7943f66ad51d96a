import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { CityModel } from '@/domain/city/cityModel'
import { LEDGER_FILE } from '@/domain/city/codeLedger'
import type { SourceCount } from '@/domain/city/manifest'
import type { ImportOptions } from '../import/options'
import { readCity } from '../import/readCity'
import { BuildingNotice } from './buildingNotice'
import type { Command, CommandContext } from './command'
import { importOptions } from './importOptions'
import { MODEL_SHARE, savePackage } from './savePackage'

/** `import --osm X --dem Y … --out NAME`: a city from open data into its package. */
export const importCity: Command = async (words, context) => {
  const options = importOptions(words)
  const older = join(context.cities, options.out)
  if (options.keepCodes === undefined && existsSync(join(older, LEDGER_FILE)))
    context.say(`${older} is replaced; objects keep its codes only with --keep-codes ${older}`)
  const notice = new BuildingNotice(context.cities, options.out)
  try {
    const model = await readModel(options, notice, context)
    await savePackage(model, context)
  } finally {
    notice.end()
  }
  return 0
}

async function readModel(options: ImportOptions, notice: BuildingNotice, context: CommandContext): Promise<CityModel> {
  let last = ''
  const model = await readCity(options, ({ step, share = 0 }) => {
    if (step !== last) context.say(step)
    last = step
    notice.tell(step, share * MODEL_SHARE)
  })
  for (const line of countLines(model.identity.counts)) context.say(line)
  for (const { key, residual } of model.identity.controlPoints ?? [])
    context.say(`control point ${key}: ${residual.toFixed(2)} m`)
  return model
}

/** `map.osm.pbf building: 7471 taken; refused 3 (openRing 2, noArea 1)` */
function countLines(counts: readonly SourceCount[]): string[] {
  return counts.map(({ source, kind, taken, refused }) => {
    const reasons = Object.entries(refused).filter(([, count]) => count > 0)
    const sum = reasons.reduce((total, [, count]) => total + count, 0)
    const why = reasons.map(([reason, count]) => `${reason} ${count}`).join(', ')
    return `${source} ${kind}: ${taken} taken${sum === 0 ? '' : `; refused ${sum} (${why})`}`
  })
}
