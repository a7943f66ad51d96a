import { pino } from 'pino'

/** The supervisor's own words on the terminal: plain lines, no JSON. */
export interface Terminal {
  /** One line of progress. */
  say(line: string): void
  /** A warning of a part, in one line; the same one at most every ten seconds. */
  warn(part: string, text: string): void
}

const REPEAT_MS = 10_000
const LONGEST = 240

export function openTerminal(): Terminal {
  const out = pino.destination({ fd: 1, sync: true })
  const shown = new Map<string, number>()
  const say = (line: string): void => void out.write(`belfry  ${line}\n`)
  return {
    say,
    warn(part, text) {
      const now = performance.now()
      const key = `${part} ${text}`
      if (now - (shown.get(key) ?? -Infinity) < REPEAT_MS) return
      if (shown.size > 1000) shown.clear()
      shown.set(key, now)
      say(`${part}: ${text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text}`)
    },
  }
}
