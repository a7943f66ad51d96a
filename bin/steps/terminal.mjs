import { spawn } from 'node:child_process'
import { createWriteStream, mkdirSync, readFileSync } from 'node:fs'
import { dirname, resolve as resolvePath } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

export const say = (line) => console.log(`belfry  ${line}`)

/** Ends the bootstrap with one sentence. */
export class Stop extends Error {}

/** Runs `main` and turns a Stop into its sentence and exit code 1. */
export async function conclude(main) {
  try {
    await main()
  } catch (cause) {
    if (!(cause instanceof Stop)) throw cause
    say(cause.message)
    process.exit(1)
  }
}

/**
 * Runs a program with its output in `log` (a file under var/log), telling `tick()` every two seconds. Resolves with
 * the exit code and the last lines of the output.
 */
export async function runLogged(command, args, { log, tick, env = process.env, cwd = root }) {
  mkdirSync(dirname(log), { recursive: true })
  const file = createWriteStream(log)
  const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
  child.stdout.pipe(file, { end: false })
  child.stderr.pipe(file, { end: false })
  const timer = setInterval(() => tick?.(), 2000)
  const code = await new Promise((resolve) => {
    child.once('error', () => resolve(127))
    child.once('close', (exit, signal) => resolve(signal === null ? exit : 128))
  })
  clearInterval(timer)
  await new Promise((resolve) => file.end(resolve))
  const tail = readFileSync(log, 'utf8').trimEnd().split('\n').slice(-15)
  return { code, tail }
}

/** Runs a program on our own terminal; resolves with the exit code. */
export function runHere(command, args, env = process.env) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, env, stdio: 'inherit' })
    child.once('error', () => resolve(127))
    child.once('close', (exit, signal) => resolve(signal === null ? exit : 128))
  })
}

/** The folder that holds all data, absolute. */
export const varFolder = () => resolvePath(root, process.env.BELFRY_VAR || 'var')
