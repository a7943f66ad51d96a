import { randomUUID } from 'node:crypto'
import type { TaskList } from '@/domain/api/tasks'
import { systemClock } from '@/platform/clock'
import { firstBrokenAudit } from '@/server/access/audit'
import { startBelfry } from '../belfry'
import { Histogram } from '../histogram'
import { runBench } from '../report'
import type { BenchContext, BenchResult } from '../report'
import { startServices } from '../services'
import type { BenchServices } from '../services'
import { nextMessage, startThread } from '../thread'
import { foundTown } from '../town'
import { openDesk } from './desk'
import type { Desk } from './desk'
import type { OnEveryDesk } from './desksThread'
import { timeProposal } from './proposal'

const DESKS = 100
const COMMANDERS = 50
const FLEET = 20
const FULL = { commands: 300, proposals: 9 }
const QUICK = { commands: 60, proposals: 3 }
/** Orders under way at once. */
const AT_ONCE = 4
const SETTLE_MS = 15_000

await runBench('command', async (context) => {
  const services = await startServices(context.say)
  try {
    const town = await foundTown(services, { things: ['gauge-0'] })
    const belfry = await startBelfry({ services })
    try {
      const desk = await openDesk(services, `${belfry.url}/api/worlds/${town.world.key}`)
      return await measure(context, { services, desk, url: belfry.url, world: town.world.key })
    } finally {
      await belfry.stop()
    }
  } finally {
    await services.stop()
  }
})

interface Stand {
  readonly services: BenchServices
  readonly desk: Desk
  readonly url: string
  readonly world: string
}

async function measure(context: BenchContext, stand: Stand): Promise<BenchResult> {
  const plan = context.quick ? QUICK : FULL
  const failures: string[] = []
  const orders = await measureOrders(context, stand, { count: plan.commands, failures })
  context.say(`${COMMANDERS} commanders and ${FLEET} units`)
  const committed = await commitAtOnce(stand.desk)
  if (context.sabotage === 'double') committed.push('unit-0', 'unit-0')
  const doubles = committed.length - new Set(committed).size
  if (doubles > 0) failures.push(`${doubles} units were committed twice.`)
  if (committed.length === 0) failures.push('Nobody got a unit.')
  const broken = await firstBrokenAudit(stand.services.postgres)
  if (broken !== undefined) failures.push(`Row ${broken} of the audit does not follow from the one before.`)
  const times: number[] = []
  for (let round = 0; round < plan.proposals; round++) times.push(await timeProposal())
  const proposal = times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN
  return {
    figures: {
      commandsPerSecond: { value: plan.commands / orders.seconds, unit: '1/s', n: plan.commands },
      lastScreenP50Ms: { value: orders.last.percentile(0.5), unit: 'ms', n: orders.last.total },
      lastScreenP99Ms: { value: orders.last.percentile(0.99), unit: 'ms', n: orders.last.total },
      doubleCommits: { value: doubles, unit: 'units', n: COMMANDERS },
      proposal200x500Ms: { value: proposal, unit: 'ms', n: times.length },
    },
    ratios: {},
    failures,
  }
}

interface OrdersPlan {
  readonly count: number
  readonly failures: string[]
}

/** Orders under way while a hundred desks look on; `last` is from the request to the last desk that shows it. */
async function measureOrders(
  { say, sabotage }: BenchContext,
  { desk, url, world }: Stand,
  { count, failures }: OrdersPlan,
): Promise<{ readonly last: Histogram; readonly seconds: number }> {
  say(`opening ${DESKS} desks`)
  const order = { url, cookie: desk.cookie, world, desks: DESKS, drop: sabotage === 'drop' }
  const thread = startThread(new URL('./desksThread.ts', import.meta.url), order)
  await nextMessage(thread)
  const shown = new Map<string, OnEveryDesk>()
  thread.on('message', (told: OnEveryDesk) => void shown.set(told.task, told))
  say(`${count} orders`)
  const { tasks, seconds } = await orderMany(desk, count)
  await settled(() => shown.size === tasks.size)
  await thread.terminate()
  const last = new Histogram()
  for (const [task, { sentAt, title }] of tasks) {
    const told = shown.get(task)
    const wanted = sabotage === 'alter' && title === 'order 0' ? 'another' : title
    if (told === undefined) failures.push(`${title} is not on every desk.`)
    else if (told.title !== wanted) failures.push(`A desk shows "${told.title}" instead of "${wanted}".`)
    else last.add(told.at - sentAt)
  }
  return { last, seconds }
}

interface Sent {
  readonly tasks: ReadonlyMap<string, { readonly sentAt: number; readonly title: string }>
  readonly seconds: number
}

/** Orders one after another in a few lanes, each an own transaction with log, event and audit. */
async function orderMany(desk: Desk, count: number): Promise<Sent> {
  const incidents = await Promise.all(Array.from({ length: AT_ONCE }, () => desk.call()))
  const tasks = new Map<string, { sentAt: number; title: string }>()
  let next = 0
  const began = performance.now()
  await Promise.all(
    incidents.map(async ({ id }) => {
      while (next < count) {
        const title = `order ${next++}`
        const task = { id: randomUUID(), title, to: 'JJ' }
        tasks.set(task.id, { sentAt: systemClock.now(), title })
        const { status, body } = await desk.post(`/incidents/${id}/tasks`, { tasks: [task] })
        if (status !== 200) throw new Error(`An order was refused: ${JSON.stringify(body)}`)
      }
    }),
  )
  return { tasks, seconds: (performance.now() - began) / 1000 }
}

/** Fifty orders at once for two units each of a fleet of twenty; the units that were granted. */
async function commitAtOnce(desk: Desk): Promise<string[]> {
  const incidents = await Promise.all(Array.from({ length: 10 }, () => desk.call()))
  const answers = await Promise.all(
    Array.from({ length: COMMANDERS }, (_, n) => {
      const units = [...new Set([`unit-${n % FLEET}`, `unit-${(n * 7 + 3) % FLEET}`])]
      const task = { id: randomUUID(), title: `fleet ${n}`, to: 'CG', units }
      return desk.post(`/incidents/${incidents[n % incidents.length]?.id}/tasks`, { tasks: [task] })
    }),
  )
  const granted = answers.filter(({ status }) => status === 200)
  return granted.flatMap(({ body }) => (body as TaskList).tasks.flatMap(({ units }) => units))
}

/** Waits until it holds, or not longer than the limit. */
async function settled(holds: () => boolean): Promise<void> {
  const until = performance.now() + SETTLE_MS
  while (!holds() && performance.now() < until) await new Promise((resolve) => setTimeout(resolve, 50))
}
