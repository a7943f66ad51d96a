import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { childEnv } from '@/platform/env'
import { systemClock } from '@/platform/clock'
import { CatalogueStore } from '@/server/catalogue/catalogueStore'
import type { LiveState } from '@/server/live/heldWorld'
import { lineTo } from '../support/brokenLine'
import type { BrokenLine } from '../support/brokenLine'
import { testWorld } from '../support/liveServer'
import type { Row } from '../support/liveServer'
import { eventually, TestScreen } from '../support/screen'
import { openServices } from '../support/services'
import type { TestServices } from '../support/services'

const STREAMS = 50
const WORLD = 'two'

interface Server {
  readonly child: ChildProcess
  readonly url: string
}

let services: TestServices
let redis: BrokenLine
const children: ChildProcess[] = []
/** What was acknowledged last of each stream. */
const expected = new Map<number, number>()
let clock: number = systemClock.now()

async function start(name: string): Promise<Server> {
  const main = fileURLToPath(new URL('../support/liveServerMain.ts', import.meta.url))
  const env = childEnv({ ...services.urls, REDIS_URL: redis.url, BELFRY_SERVER_ID: name, LOG_LEVEL: 'warn' })
  const child = fork(main, { env, execArgv: ['--import', 'tsx'], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  children.push(child)
  const [told] = (await once(child, 'message')) as [{ port: number }]
  return { child, url: `http://127.0.0.1:${told.port}` }
}

async function state({ url }: Server): Promise<LiveState['worlds'][number] | undefined> {
  const answer = (await (await fetch(`${url}/state/${WORLD}`)).json()) as LiveState
  return answer.worlds.find(({ world }) => world === WORLD)
}
const isLeading = async (server: Server): Promise<boolean> => (await state(server))?.role === 'leading'

/** Pushes a value to every stream of one half; counts it as acknowledged only when the server said so. */
async function push({ url }: Server, value: number, half: 0 | 1): Promise<void> {
  const time = (clock += 1)
  const nos = Array.from({ length: STREAMS }, (_, no) => no).filter((no) => no % 2 === half)
  const rows: Row[] = nos.map((no) => [no, time, value + no])
  const answer = await fetch(`${url}/observe/${WORLD}`, { method: 'POST', body: JSON.stringify(rows) })
  if (!answer.ok) throw new Error(`not acknowledged: ${answer.status}`)
  for (const no of nos) expected.set(no, value + no)
}

const hasEverything = (screen: TestScreen): boolean => [...expected].every(([no, value]) => screen.value(no) === value)

beforeAll(async () => {
  services = await openServices()
  redis = await lineTo(services.urls.REDIS_URL)
  const { postgres, log } = services
  const catalogue = new CatalogueStore({ postgres, clock: systemClock, log })
  await catalogue.start()
  await catalogue.ensureWorld(testWorld(WORLD))
  await catalogue.stop()
})
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL')
  await redis.close()
  await services.close()
})

test('the leader is killed: screens of the other server go on with a new epoch and miss nothing', async () => {
  const first = await start('first')
  await eventually('first leads', () => isLeading(first))
  const second = await start('second')
  const screen = new TestScreen(second.url, WORLD)
  await screen.join(['readings'])
  await push(first, 100, 0)
  await push(second, 200, 1)
  await eventually('values of both servers on a screen of the follower', () => hasEverything(screen))
  const [before] = screen.epochs
  expect(screen.epochs.size).toBe(1)
  expect(await state(second)).toMatchObject({ role: 'following', epoch: before })

  for (let value = 1000; value < 1020; value += 1) {
    await Promise.all([push(first, value, 0), push(second, value, 1)])
  }
  const killedAt = performance.now()
  first.child.kill('SIGKILL')
  for (let value = 2000; value < 2020; value += 1) await push(second, value, 1)
  await eventually('second leads', () => isLeading(second))
  await eventually('a keyframe of the new epoch', () => screen.epochs.size === 2)
  const outage = performance.now() - killedAt
  await push(second, 3000, 0)
  await eventually('everything that was acknowledged', () => hasEverything(screen))
  expect(Math.max(...screen.epochs)).toBeGreaterThan(before ?? 0)
  expect(outage).toBeLessThan(5000)

  const again = await start('first')
  const late = new TestScreen(again.url, WORLD)
  await late.join(['readings'])
  await push(again, 4000, 1)
  await eventually('the restarted server follows', () => hasEverything(late) && hasEverything(screen))
  expect(await state(again)).toMatchObject({ role: 'following' })
  for (const one of [screen, late]) one.close()
  again.child.kill('SIGTERM')
  second.child.kill('SIGTERM')
  await Promise.all([once(again.child, 'exit'), once(second.child, 'exit')])
}, 90_000)

test('Redis is away: the leader reads the others records from the store, followers stand still and say so', async () => {
  const leader = await start('leader')
  await eventually('leads', () => isLeading(leader))
  const follower = await start('follower')
  const [near, far] = [new TestScreen(leader.url, WORLD), new TestScreen(follower.url, WORLD)]
  for (const screen of [near, far]) await screen.join(['readings'])
  await push(follower, 5000, 1)
  await eventually('both see it', () => hasEverything(near) && hasEverything(far))

  redis.cut()
  await eventually('pulses of the follower end', async () => {
    const count = far.pulses.length
    await new Promise((resolve) => setTimeout(resolve, 2500))
    return far.pulses.length === count
  })
  await push(follower, 6000, 1)
  await eventually('the leader found it in the store', () => hasEverything(near), 12_000)
  expect(hasEverything(far)).toBe(false)

  redis.mend()
  await eventually('the follower catches up', () => hasEverything(far))
  await push(follower, 7000, 0)
  await eventually('and follows', () => hasEverything(far) && hasEverything(near))
  for (const screen of [near, far]) screen.close()
}, 90_000)
