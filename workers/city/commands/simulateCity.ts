import { simulateDay } from '@/scenarios/linjiang/day'
import { FAULT_KINDS } from '@/scenarios/linjiang/faults'
import type { FaultKind } from '@/scenarios/linjiang/faults'
import { EXERCISE_SEED } from '../exerciseCity'
import { BadCommand } from './command'
import type { Command } from './command'

/** Lines written at once: the terminal or file takes them as they come. */
const BATCH = 2_000

/** `simulate --day YYYY-MM-DD [--seed N] [--faults X,Y|none]`: a day of all feeds as NDJSON, the same bytes for the same words. */
export const simulateCity: Command = (words, { say }) => {
  const options = optionsOf(words)
  const day = options.get('--day')
  if (day === undefined) throw new BadCommand('simulate needs --day YYYY-MM-DD.')
  const request = { seed: seedOf(options.get('--seed')), day, faults: faultsOf(options.get('--faults')) }
  let lines: string[] = []
  try {
    for (const line of simulateDay(request)) {
      if (lines.push(line) < BATCH) continue
      say(lines.join('\n'))
      lines = []
    }
  } catch (cause) {
    if (cause instanceof RangeError) throw new BadCommand(cause.message)
    throw cause
  }
  if (lines.length > 0) say(lines.join('\n'))
  return Promise.resolve(0)
}

const KNOWN = ['--day', '--seed', '--faults']

function optionsOf(words: readonly string[]): Map<string, string> {
  const out = new Map<string, string>()
  for (let i = 0; i < words.length; i += 2) {
    const [name, value] = [words[i]!, words[i + 1]]
    if (!KNOWN.includes(name) || value === undefined)
      throw new BadCommand(`simulate takes ${KNOWN.join(', ')}, each with a value; got ${name}.`)
    out.set(name, value)
  }
  return out
}

function seedOf(text: string | undefined): number {
  if (text === undefined) return EXERCISE_SEED
  if (!/^\d{1,9}$/.test(text)) throw new BadCommand(`--seed takes a whole number; got ${text}.`)
  return Number(text)
}

function faultsOf(text: string | undefined): ReadonlySet<FaultKind> {
  if (text === undefined) return new Set(FAULT_KINDS)
  if (text === 'none') return new Set()
  const wanted = text.split(',')
  const known = FAULT_KINDS.filter((kind) => wanted.includes(kind))
  if (known.length !== wanted.length)
    throw new BadCommand(`--faults takes ${FAULT_KINDS.join(', ')} or none; got ${text}.`)
  return new Set(known)
}
