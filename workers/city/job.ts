import { join } from 'node:path'
import { startChild } from '@/platform/embedded/child'
import type { JobContext } from '../jobSpec'
import { worldClocks } from '../worldClocks'
import { EXERCISE_CITY, exerciseCityIsDue } from './exerciseCity'

const HEAP_MB = 2048
const NICE = 15
const STOP_MS = 2000

/**
 * Makes the exercise's city where it is wanted and missing: in a process of its own behind everything else, so that its
 * memory goes back to the machine. @throws when the process fails
 */
export async function cityBuildJob(_payload: object, context: JobContext): Promise<object> {
  const { varFolder, nodePath, postgres, signal, log } = context
  const wanted = (await worldClocks(postgres, {})).some(({ key }) => key === EXERCISE_CITY)
  if (!wanted || !(await exerciseCityIsDue(join(varFolder, 'cities')))) return { made: false }
  log.info({ city: EXERCISE_CITY }, 'the city is being made')
  let last = ''
  const args = [`--max-old-space-size=${HEAP_MB}`, join('bin', 'city.mjs'), 'build', EXERCISE_CITY]
  const child = await startChild({ command: nodePath, args, nice: NICE, channel: true }, (line) => {
    last = line
    log.debug({ city: EXERCISE_CITY }, line)
  })
  const stop = (): void => void child.stop('SIGTERM', STOP_MS)
  signal.addEventListener('abort', stop, { once: true })
  if (signal.aborted) stop()
  const { code } = await child.exited
  signal.removeEventListener('abort', stop)
  if (code !== 0) throw new Error(`${EXERCISE_CITY} was not made (exit code ${code ?? 'none'}): ${last}`)
  log.info({ city: EXERCISE_CITY, last }, 'the city is made')
  return { made: true }
}
