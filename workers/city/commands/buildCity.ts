import { linjiangCity } from '@/scenarios/linjiang/cityModel'
import { EXERCISE_CITY, EXERCISE_SEED, noteMade } from '../exerciseCity'
import { BuildingNotice } from './buildingNotice'
import { BadCommand } from './command'
import type { Command } from './command'
import { MODEL_SHARE, savePackage } from './savePackage'

/** `build linjiang [--seed N]`: an invented city into its package. */
export const buildCity: Command = async ([name, word, text], context) => {
  if (name !== EXERCISE_CITY) throw new BadCommand(`build knows the city ${EXERCISE_CITY}.`)
  if (word !== undefined && word !== '--seed') throw new BadCommand(`build takes --seed N; got ${word}.`)
  const seed = word === undefined ? EXERCISE_SEED : wholeNumber(text)
  const notice = new BuildingNotice(context.cities, name)
  try {
    const model = linjiangCity(seed, (step, share) => {
      context.say(step)
      notice.tell(step, share * MODEL_SHARE)
    })
    const { digest } = await savePackage(model, context)
    await noteMade(context.cities, { digest, seed })
  } finally {
    notice.end()
  }
  return 0
}

function wholeNumber(text: string | undefined): number {
  if (text === undefined || !/^\d{1,9}$/.test(text))
    throw new BadCommand(`--seed takes a whole number; got ${text ?? 'nothing'}.`)
  return Number(text)
}
