import { writeFile } from 'node:fs/promises'
import { linjiangCity } from '@/scenarios/linjiang/cityModel'
import { EXERCISE_SEED } from '../exerciseCity'
import { readCity } from '../import/readCity'
import { PICTURES, drawPicture } from '../picture/pictures'
import type { Picture } from '../picture/pictures'
import { frameOf } from '../picture/plan'
import { BadCommand } from './command'
import type { Command } from './command'
import { importOptions } from './importOptions'

const OWN = ['--of', '--around', '--file']

/**
 * `picture --of roads|night|day|drains --file X.svg [--around LON,LAT,KM] [options of import]`: a plan of the invented
 * city, or of a real one by the same rule; several kinds, with commas, are X-roads.svg and so on.
 */
export const pictureCity: Command = async (words, { say }) => {
  const { own, rest } = split(words)
  const kinds = kindsOf(own.get('--of'))
  const file = own.get('--file')
  if (file?.endsWith('.svg') !== true) throw new BadCommand('picture needs --file X.svg.')
  const around = aroundOf(own.get('--around'))
  const model = rest.length === 0 ? linjiangCity(EXERCISE_SEED) : await readCity(importOptions(rest))
  for (const kind of kinds) {
    const path = kinds.length === 1 ? file : file.replace(/\.svg$/, `-${kind}.svg`)
    await writeFile(path, drawPicture(model, kind, frameOf(model, around)))
    say(path)
  }
  return 0
}

function split(words: readonly string[]): { own: Map<string, string>; rest: string[] } {
  const own = new Map<string, string>()
  const rest: string[] = []
  for (let i = 0; i < words.length; i++) {
    const value = words[i + 1]
    if (!OWN.includes(words[i]!)) rest.push(words[i]!)
    else if (value === undefined) throw new BadCommand(`${words[i]!} needs a value.`)
    else {
      own.set(words[i]!, value)
      i++
    }
  }
  return { own, rest }
}

function kindsOf(text = ''): Picture[] {
  const wanted = text.split(',')
  const known = PICTURES.filter((kind) => wanted.includes(kind))
  if (known.length !== wanted.length) throw new BadCommand(`--of takes ${PICTURES.join(', ')}; got ${text}.`)
  return known
}

function aroundOf(text: string | undefined) {
  if (text === undefined) return undefined
  const [longitude = NaN, latitude = NaN, kilometres = NaN] = text.split(',').map(Number)
  if (!(Math.abs(longitude) <= 180 && Math.abs(latitude) < 85 && kilometres > 0 && kilometres <= 200))
    throw new BadCommand(`--around takes LON,LAT,KM; got ${text}.`)
  return { longitude, latitude, kilometres }
}
