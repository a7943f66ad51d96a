import { execFile } from 'node:child_process'

export interface Outcome {
  readonly ok: boolean
  readonly output: string
}

export interface CommandOptions {
  readonly cwd?: string
  readonly env?: NodeJS.ProcessEnv
  readonly uid?: number
  readonly gid?: number
  /** Default 120 000 ms. */
  readonly limitMs?: number
}

/** Runs a command to its end; a missing command is an outcome, not an exception. */
export function command(file: string, args: readonly string[], options: CommandOptions = {}): Promise<Outcome> {
  const { limitMs = 120_000, ...rest } = options
  return new Promise((resolve) => {
    execFile(file, [...args], { ...rest, timeout: limitMs, maxBuffer: 16 * 1024 ** 2 }, (error, stdout, stderr) => {
      resolve({ ok: error === null, output: `${stdout}${stderr}${error === null ? '' : error.message}`.trim() })
    })
  })
}
