import { linjiangCity } from '@/scenarios/linjiang/cityModel'
import { cityStatistics, statisticsTable } from '@/scenarios/linjiang/statistics'
import { EXERCISE_SEED } from '../exerciseCity'
import { readCity } from '../import/readCity'
import type { Command } from './command'
import { importOptions } from './importOptions'

/** `compare [options of import]`: the invented city beside a real one, measured by the same rule; nothing is written. */
export const compareCities: Command = async (words, { say }) => {
  const rows = [cityStatistics(linjiangCity(EXERCISE_SEED), '临江 Linjiang')]
  if (words.length > 0) {
    const options = importOptions(words)
    rows.push(cityStatistics(await readCity(options), options.out))
  }
  for (const line of statisticsTable(rows)) say(line)
  return 0
}
