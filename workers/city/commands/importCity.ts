import type { SourceCount } from '@/domain/city/manifest'
import { readCity } from '../import/readCity'
import type { Command } from './command'
import { importOptions } from './importOptions'
import { savePackage } from './savePackage'

/** `import --osm X --dem Y … --out NAME`: a city from open data into its package. */
export const importCity: Command = async (words, context) => {
  const options = importOptions(words)
  let step = ''
  const model = await readCity(options, (report) => {
    if (report.step !== step) context.say(report.step)
    step = report.step
  })
  for (const line of countLines(model.identity.counts)) context.say(line)
  for (const { key, residual } of model.identity.controlPoints ?? [])
    context.say(`control point ${key}: ${residual.toFixed(2)} m`)
  await savePackage(model, context)
  return 0
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
