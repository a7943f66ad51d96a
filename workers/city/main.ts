import { join } from 'node:path'
import { pino } from 'pino'
import { hostFacts, readEnv } from '@/platform/env'
import { BadCommand } from './commands/command'
import type { Command } from './commands/command'
import { buildCity } from './commands/buildCity'
import { checkCity } from './commands/checkCity'
import { importCity } from './commands/importCity'
import { compareCities } from './commands/compareCities'
import { listCities } from './commands/listCities'
import { pictureCity } from './commands/pictureCity'
import { simulateCity } from './commands/simulateCity'
import { SourceRefused } from './import/refused'

const COMMANDS: Readonly<Record<string, Command>> = {
  import: importCity,
  build: buildCity,
  check: checkCity,
  list: listCities,
  simulate: simulateCity,
  compare: compareCities,
  picture: pictureCity,
}

const HELP = `npm run city -- <command>

  import --osm X.osm.pbf --dem Y.hgt … --out NAME   a city from open data; docs/city-import.md has all options
  build linjiang [--seed N]                         the invented city of the exercise
  check NAME                                        sums, manifest, counts and meshes of a package
  list                                              the packages of this machine
  simulate --day YYYY-MM-DD [--seed N] [--faults X,Y|none]
                                                    a day of all feeds of the invented city, as NDJSON
  compare [options of import]                       blocks, houses, junctions and slopes of the invented city,
                                                    beside those of a real one
  picture --of roads,night,day,drains --file X.svg [--around LON,LAT,KM] [options of import]
                                                    plans of the invented city, or of a real one by the same rule

A package lies under var/cities/NAME (docs/city-package.md) and is shown by the World of the same key, or by a World
that an administrator gave it to (PUT /api/worlds/<world>/city).`

/** `npm run city`: resolves with the exit code; 1 for what cannot be taken, with a sentence, 2 for a bad command line. */
export async function runCity(argv: readonly string[]): Promise<number> {
  const out = pino.destination({ fd: 1, sync: true })
  const say = (line: string): void => void out.write(`${line}\n`)
  const [name = '--help', ...words] = argv
  const command = COMMANDS[name]
  if (command === undefined || words.includes('--help')) {
    say(HELP)
    return name === '--help' || command !== undefined ? 0 : 2
  }
  const context = {
    ...{ cities: join(readEnv().BELFRY_VAR, 'cities'), pid: hostFacts().pid, say },
    elapsed: () => performance.now(),
  }
  try {
    return await command(words, context)
  } catch (cause) {
    if (!(cause instanceof BadCommand) && !(cause instanceof SourceRefused)) throw cause
    say(cause.message)
    return cause instanceof BadCommand ? 2 : 1
  }
}
