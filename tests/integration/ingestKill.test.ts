import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { childEnv } from '@/platform/env'
import { type IntakeBench, openIntake } from '../support/ingestBench'
import { type TestServices, openServices } from '../support/services'

let services: TestServices
let bench: IntakeBench

beforeAll(async () => {
  services = await openServices()
  bench = await openIntake(services)
  await bench.ingest.stop()
})
afterAll(async () => {
  await bench.close()
  await services.close()
})

/** Runs a child intake until `acks` acknowledgements were read, kills it and returns the acknowledged row numbers. */
async function killAfter(acks: number, first: number): Promise<number[]> {
  const env = childEnv({ ...services.urls })
  const child = spawn('node', ['--import', 'tsx', 'tests/support/intakeChild.ts', bench.folder, String(first)], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exited = new Promise((resolve) => child.once('exit', resolve))
  const rows: number[] = []
  let seen = 0
  for await (const line of createInterface({ input: child.stdout })) {
    const [from = 0, to = -1] = line.split(' ').map(Number)
    for (let row = from; row <= to; row++) rows.push(row)
    if (++seen === acks) child.kill('SIGKILL')
  }
  await exited
  return rows
}

test('killed in the middle of appends four times, every acknowledged row is in the store exactly once', async () => {
  const acknowledged: number[] = []
  for (const acks of [3, 20, 60, 7]) {
    // The producer sends again what it had in flight: everything from its last acknowledgement on.
    const first = Math.max(0, acknowledged.length === 0 ? 0 : Math.min(...missingFrom(acknowledged)))
    acknowledged.push(...(await killAfter(acks, first)))
  }
  expect(new Set(acknowledged).size).toBeGreaterThan(3_000)
  await bench.restart()
  await expect.poll(() => bench.ingest.state().pendingRows, { timeout: 20_000 }).toBe(0)
  const sql = `SELECT toUnixTimestamp64Milli(phenomenon_time) - 1700000000000 AS row, count() AS times FROM observations FINAL WHERE world = ${bench.world.no} GROUP BY row`
  const stored = new Map(
    ((await services.clickhouse.rows({ name: 'test', sql })) as { row: number; times: number }[]).map(
      ({ row, times }) => [row, times],
    ),
  )
  const lost = [...new Set(acknowledged)].filter((row) => !stored.has(row))
  const doubled = [...stored].filter(([, times]) => times > 1)
  expect({ lost, doubled }).toEqual({ lost: [], doubled: [] })
}, 120_000)

/** The first row that was not acknowledged. */
function missingFrom(acknowledged: readonly number[]): number[] {
  const have = new Set(acknowledged)
  let row = 0
  while (have.has(row)) row += 1
  return [row]
}
