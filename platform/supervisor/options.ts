import { parseArgs } from 'node:util'
import { BadEnvironment } from '../env'
import type { Env } from '../env'

export interface StartOptions {
  readonly host: string
  readonly port: number
  /** Run the simulated city, so that there is something to see. */
  readonly exercise: boolean
}

/** Command line over environment. @throws BadEnvironment for an unknown or bad argument. */
export function readOptions(argv: readonly string[], env: Env): StartOptions {
  const values = parse(argv)
  const port = values.port === undefined ? env.PORT : Number(values.port)
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new BadEnvironment(`--port takes a number from 1 to 65535; got ${values.port ?? port}.`)
  }
  return { host: env.HOST, port, exercise: values['no-exercise'] !== true && env.BELFRY_EXERCISE === 'on' }
}

function parse(argv: readonly string[]) {
  try {
    const options = { port: { type: 'string' }, 'no-exercise': { type: 'boolean' } } as const
    return parseArgs({ args: [...argv], options }).values
  } catch (cause) {
    throw new BadEnvironment(`${cause instanceof Error ? cause.message.split('.')[0] : String(cause)}; see --help.`)
  }
}
