import { appendFileSync, existsSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { LineSink } from '../embedded/child'
import type { Terminal } from './terminal'

const MAX_BYTES = 16 * 1024 ** 2

/** A part's output as `log/<part>.log`; one older file is kept, so a part takes 32 MB at most. */
export class PartLog {
  readonly file: string
  #bytes: number

  constructor(folder: string, part: string) {
    mkdirSync(folder, { recursive: true })
    this.file = join(folder, `${part}.log`)
    this.#bytes = existsSync(this.file) ? statSync(this.file).size : 0
  }

  write(line: string): void {
    if (this.#bytes > MAX_BYTES) {
      renameSync(this.file, `${this.file}.1`)
      this.#bytes = 0
    }
    this.#bytes += Buffer.byteLength(line) + 1
    appendFileSync(this.file, `${line}\n`)
  }
}

const LogLine = z.object({
  level: z.string(),
  msg: z.string().default(''),
  err: z.object({ message: z.string() }).optional(),
})
const LOUD = new Set(['warn', 'error', 'fatal'])

/** Writes every line to the file and passes what an operator must see to the terminal. */
export function lineSink(log: PartLog, part: string, terminal: Terminal): LineSink {
  return (line) => {
    try {
      log.write(line)
    } catch (cause) {
      terminal.warn(part, `its log cannot be written: ${cause instanceof Error ? cause.message : String(cause)}`)
    }
    const text = loudText(line)
    if (text !== undefined) terminal.warn(part, text)
  }
}

/** What to show of a line: warnings of our own log, panics of PostgreSQL, crashes of Node; nothing else. */
export function loudText(line: string): string | undefined {
  if (line.startsWith('{')) {
    const parsed = LogLine.safeParse(parseJson(line))
    if (!parsed.success || !LOUD.has(parsed.data.level)) return undefined
    const { level, msg, err } = parsed.data
    return `${level}: ${err === undefined ? msg : `${msg} (${err.message})`}`
  }
  return /\b(PANIC|FATAL CONFIG|BadEnvironment|Error \[?\w*\]?|\w*Error): /.test(line) && !line.startsWith(' ')
    ? line
    : undefined
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
