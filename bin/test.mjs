#!/usr/bin/env node
// `npm test`: everything that is proved, on this machine. The last line is `N passed, N failed, N skipped`.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { build } from './steps/build.mjs'
import { startExternal } from './steps/external.mjs'
import { install } from './steps/install.mjs'
import { buildKernels } from './steps/kernels.mjs'
import { checkDisk, checkPermission } from './steps/machine.mjs'
import { checkNode } from './steps/node.mjs'
import { findChromium, installSystemPackages } from './steps/system.mjs'
import { conclude, root, runHere, say, Stop, varFolder } from './steps/terminal.mjs'

const HELP = `npm test [-- suite…]   check, unit, integration, external, fault, e2e; all without a name`
const total = { passed: 0, failed: 0, skipped: 0 }

function add(name, { passed = 0, failed = 0, skipped = 0 }, seconds) {
  total.passed += passed
  total.failed += failed
  total.skipped += skipped
  say(`${name}: ${passed} passed, ${failed} failed, ${skipped} skipped (${seconds.toFixed(0)} s)`)
}

/** Counts of vitest's JSON report; a file that did not even load, and a run without report, is one failure. */
function countsOf(report, code) {
  if (!existsSync(report)) return { failed: 1 }
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = JSON.parse(
    readFileSync(report, 'utf8'),
  )
  const silent = testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  ).length
  const failed = numFailedTests + silent
  // An error outside of any test, such as a service that did not stop, makes vitest's exit code speak.
  return {
    passed: numPassedTests,
    failed: failed === 0 && code !== 0 ? 1 : failed,
    skipped: numPendingTests + numTodoTests,
  }
}

async function vitest(name, project, env = {}) {
  const started = performance.now()
  const report = join(varFolder(), 'cache', `test-${name}.json`)
  mkdirSync(join(varFolder(), 'cache'), { recursive: true })
  rmSync(report, { force: true })
  const code = await runHere(
    process.execPath,
    [
      join(root, 'node_modules', 'vitest', 'vitest.mjs'),
      'run',
      `--project=${project}`,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
    ],
    { ...process.env, NODE_ENV: 'test', ...env },
  )
  add(name, countsOf(report, code), (performance.now() - started) / 1000)
}

async function check() {
  const started = performance.now()
  const tools = ['format', 'types', 'lint', 'imports', 'unused']
  const counts = { passed: 0, failed: 0 }
  for (const tool of tools) {
    const code = await runHere(process.execPath, [join(root, 'bin', 'check.mjs'), tool])
    counts[code === 0 ? 'passed' : 'failed'] += 1
  }
  add('check', counts, (performance.now() - started) / 1000)
}

/** The integration suite again, on a PostgreSQL and a Redis that Belfry did not start as its own. */
async function external() {
  const services = await startExternal()
  if (services.why !== undefined) {
    say(`external: skipped, ${services.why}`)
    add('external', { skipped: 1 }, 0)
    return
  }
  say(`external: ${services.words}`)
  try {
    await vitest('external', 'integration', services.env)
  } finally {
    await services.stop()
  }
}

/** Processes killed under load, and a whole Belfry part by part; its server needs the pages. */
async function fault() {
  await build()
  await vitest('fault', 'fault')
}

async function e2e() {
  const chromium = findChromium()
  if (chromium === undefined) {
    say('e2e: skipped: no Chromium')
    add('e2e', { skipped: 1 }, 0)
    return
  }
  await build()
  await vitest('e2e', 'e2e', { BELFRY_CHROMIUM: chromium })
}

const suites = {
  check,
  unit: () => vitest('unit', 'unit'),
  integration: () => vitest('integration', 'integration', { CLICKHOUSE_URL: '', DATABASE_URL: '', REDIS_URL: '' }),
  external,
  fault,
  e2e,
}

await conclude(async () => {
  const asked = process.argv.slice(2)
  if (asked.includes('--help')) return console.log(HELP)
  const unknown = asked.find((name) => !Object.hasOwn(suites, name))
  if (unknown !== undefined) throw new Stop(`There is no suite called ${unknown}: ${HELP}`)
  const started = performance.now()
  checkNode()
  checkPermission()
  await checkDisk()
  await install()
  await buildKernels()
  await installSystemPackages()
  for (const [name, run] of Object.entries(suites)) {
    if (asked.length > 0 && !asked.includes(name)) continue
    say(`— ${name}`)
    try {
      await run()
    } catch (cause) {
      say(`${name}: ${cause instanceof Stop ? cause.message : (cause.stack ?? cause)}`)
      add(name, { failed: 1 }, 0)
    }
  }
  say(`all of it took ${((performance.now() - started) / 60_000).toFixed(1)} min`)
  console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`)
  process.exitCode = total.failed === 0 ? 0 : 1
})
