import { join } from 'node:path'
import { stat } from 'node:fs/promises'
import { CityKey } from '@/domain/ids'
import { checkPackage } from '../check/checkPackage'
import { BadCommand } from './command'
import type { Command } from './command'

const SHOWN = 20

/** `check NAME`: sums, manifest, counts, graph and every mesh of a package; exit code 1 when anything is wrong. */
export const checkCity: Command = async ([name = ''], { cities, say }) => {
  if (!CityKey.safeParse(name).success) throw new BadCommand('check needs the NAME of a package; see list.')
  const folder = join(cities, name)
  if ((await stat(folder).catch(() => undefined)) === undefined)
    throw new BadCommand(`there is no ${folder}; see list.`)
  const { digest, files, tiles, problems } = await checkPackage(folder)
  for (const problem of problems.slice(0, SHOWN)) say(problem)
  if (problems.length > SHOWN) say(`and ${problems.length - SHOWN} more`)
  say(
    `${name}: ${files} files, ${tiles} tiles of buildings, digest ${digest.slice(0, 12)}, ${problems.length} problems`,
  )
  return problems.length === 0 ? 0 : 1
}
