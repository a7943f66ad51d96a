import { linjiangCity } from '@/scenarios/linjiang/cityModel'
import { BadCommand } from './command'
import type { Command } from './command'
import { savePackage } from './savePackage'

const SEED = 7

/** `build linjiang [--seed N]`: an invented city into its package. */
export const buildCity: Command = async ([name, word, seed = word === undefined ? String(SEED) : ''], context) => {
  if (name !== 'linjiang') throw new BadCommand('build knows the city linjiang.')
  if (word !== undefined && word !== '--seed') throw new BadCommand(`build takes --seed N; got ${word}.`)
  if (!/^\d{1,9}$/.test(seed)) throw new BadCommand(`--seed takes a whole number; got ${seed}.`)
  const model = linjiangCity(Number(seed), (step) => context.say(step))
  await savePackage(model, context)
  return 0
}
