#!/usr/bin/env node
// `npm run check`: format, lint, types, import law, dead code. One line per tool; the tool's own words when it fails.
import { execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const ROOMS = ['app', 'domain', 'platform', 'server', 'workers', 'scenarios', 'tests', 'bench', 'bin']

/** Absolute path of a tool's own script, so that no shell and no npx stands between. */
function tool(name, bin = name) {
  const manifest = JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8'))
  return join(root, 'node_modules', name, typeof manifest.bin === 'string' ? manifest.bin : manifest.bin[bin])
}

/** Runs a script with this Node; resolves with exit code, output and seconds. */
function run(script, args) {
  return new Promise((resolve) => {
    const started = performance.now()
    const child = spawn(process.execPath, [script, ...args], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
    const out = []
    const err = []
    child.stdout.on('data', (chunk) => out.push(chunk))
    child.stderr.on('data', (chunk) => err.push(chunk))
    child.on('close', (code) => {
      const stdout = Buffer.concat(out).toString()
      resolve({
        code: code ?? 1,
        stdout,
        stderr: Buffer.concat(err).toString(),
        seconds: (performance.now() - started) / 1000,
      })
    })
  })
}

async function simple(script, args) {
  const { code, stdout, stderr, seconds } = await run(script, args)
  return { ok: code === 0, words: (stdout + stderr).trim(), seconds }
}

/** Tracked and new .ts/.tsx files that the cruise must have seen. */
function sources() {
  const listed = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '*.ts', '*.tsx'], { cwd: root })
  return listed
    .toString()
    .split('\n')
    .filter((file) => file !== '' && !file.startsWith('tests/') && !/\.test\.tsx?$/.test(file))
    .filter((file) => !/^workers\/models\/[^/]+\/assembly\//.test(file) && existsSync(join(root, file)))
}

async function importLaw() {
  const places = [...ROOMS.filter((room) => existsSync(join(root, room))), 'next.config.ts', 'vitest.config.ts']
  const { stdout, stderr, seconds } = await run(tool('dependency-cruiser', 'depcruise'), [
    '--config',
    '.dependency-cruiser.cjs',
    '--output-type',
    'json',
    ...places,
  ])
  let result
  try {
    result = JSON.parse(stdout)
  } catch {
    return { ok: false, words: stderr.trim() || stdout.trim(), seconds }
  }
  const problems = result.summary.violations.map(
    (v) => `${v.from} → ${v.to}: ${v.rule.name}\n    ${v.comment ?? comment(result, v.rule.name)}`,
  )
  const seen = new Set(result.modules.map((module) => module.source))
  const unseen = sources().filter((file) => !seen.has(file))
  problems.push(...unseen.map((file) => `${file}: was not in the cruise; add its folder to ROOMS in bin/check.mjs`))
  return { ok: problems.length === 0, words: problems.join('\n'), seconds, note: `${seen.size} modules` }
}

const comment = (result, name) =>
  result.summary.ruleSetUsed?.forbidden?.find((rule) => rule.name === name)?.comment ?? ''

const checks = [
  ['format', () => simple(tool('@biomejs/biome', 'biome'), ['ci', '--colors=off', '.'])],
  ['types', () => simple(tool('typescript', 'tsc'), ['--noEmit'])],
  [
    'lint',
    () => simple(tool('eslint'), ['--cache', '--cache-location', 'var/cache/eslint/', '--max-warnings', '0', '.']),
  ],
  ['imports', importLaw],
  ['unused', () => simple(tool('knip'), ['--no-progress', '--cache', '--cache-location', 'var/cache/knip'])],
]

mkdirSync(join(root, 'var', 'cache'), { recursive: true })
const asked = process.argv.slice(2)
if (asked.includes('--help')) {
  console.log(`npm run check -- [${checks.map(([name]) => name).join('] [')}]   (all without a name)`)
  process.exit(0)
}
let failed = 0
for (const [name, check] of checks.filter(([name]) => asked.length === 0 || asked.includes(name))) {
  const { ok, words, seconds, note } = await check()
  const about = [`${seconds.toFixed(1)} s`, note].filter(Boolean).join(', ')
  console.log(`${ok ? 'ok  ' : 'FAIL'}  ${name.padEnd(8)} ${about}`)
  if (ok) continue
  failed += 1
  console.log(
    `${words
      .split('\n')
      .map((line) => `      ${line}`)
      .join('\n')}\n`,
  )
}
process.exit(failed === 0 ? 0 : 1)
